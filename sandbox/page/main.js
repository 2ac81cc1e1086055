// @ts-check
/** @import { Store as PageStore } from './state/store.js' */
import { startClock } from './phone/clock.js';
import { h } from './base/dom.js';
import { drawer } from './drawer/drawer.js';
import { board } from './phone/board.js';
import { focusNewestKeys, skipLink } from './phone/skip-link.js';
import { readSettings } from './state/settings.js';
import { Store } from './state/store.js';
import { follow } from './state/sync.js';
import { speak, word } from './text/words.js';
import { topBar } from './top-bar.js';

const store = new Store(readSettings());

/**
 * Builds the page, and builds it again when the language changes.
 * @param {PageStore} store
 */
function show(store) {
  /** @type {{ close: () => void }[]} */
  let parts = [];
  let language = '';
  const draw = () => {
    document.documentElement.dataset['theme'] = store.settings.theme;
    if (store.settings.language === language) return;
    language = store.settings.language;
    speak(store.settings.language);
    document.documentElement.lang = language;
    document.title = word('title');
    for (const part of parts) part.close();
    const [top, middle, side] = [topBar(store), board(store), drawer(store)];
    parts = [top, middle, side];
    document.body.replaceChildren(
      skipLink(),
      top.element,
      h('div', { class: 'stage' }, middle.element, side.element),
    );
  };
  draw();
  store.on('settings', draw);
}

document.addEventListener('keydown', (event) => {
  if (event.code === 'Backquote' && event.ctrlKey) {
    event.preventDefault();
    store.choose({ isDrawerOpen: !store.settings.isDrawerOpen });
  } else if (event.code === 'KeyK' && event.altKey) {
    event.preventDefault();
    focusNewestKeys();
  }
});

show(store);
startClock();
follow(store);
