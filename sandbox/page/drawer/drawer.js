// @ts-check
/** @import { Store } from '../state/store.js' */
import { fill, h } from '../base/dom.js';
import { iconButton } from '../base/icon-button.js';
import { word } from '../text/words.js';
import { CallList } from './calls.js';
import { FaultPanel } from './faults.js';

const TABS = /** @type {const} */ (['calls', 'faults']);

/**
 * The panel for developers: the calls of the bot and the faults. It exists only while it is open.
 * @param {Store} store
 */
export function drawer(store) {
  const element = h('aside', {
    class: 'drawer',
    role: 'complementary',
    'aria-label': word('drawer'),
    hidden: true,
  });
  /** @type {() => void} */
  let leave = () => undefined;
  let shown = '';
  const show = () => {
    const { isDrawerOpen, drawerTab } = store.settings;
    const wanted = isDrawerOpen ? drawerTab : '';
    if (wanted === shown) return;
    shown = wanted;
    leave();
    element.hidden = !isDrawerOpen;
    const tab = drawerTab === 'calls' ? new CallList(store) : new FaultPanel(store);
    leave = isDrawerOpen ? tab.follow() : () => undefined;
    fill(element, isDrawerOpen ? [head(store), tab.element] : []);
  };
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') store.choose({ isDrawerOpen: false });
  });
  const end = store.on('settings', show);
  show();
  const close = () => {
    end();
    leave();
  };
  return { element, close };
}

/** @param {Store} store */
function head(store) {
  const chosen = store.settings.drawerTab;
  const tabs = TABS.map((name) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(name === chosen),
        onclick: () => {
          store.choose({ drawerTab: name });
        },
      },
      word(name),
    ),
  );
  return h(
    'div',
    { class: 'drawer-head' },
    h('div', { class: 'tabs', role: 'tablist' }, ...tabs),
    h('span', { class: 'spring' }),
    iconButton('close', word('close'), () => {
      store.choose({ isDrawerOpen: false });
    }),
  );
}
