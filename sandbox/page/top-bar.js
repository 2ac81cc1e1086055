// @ts-check
/** @import { IconName } from './base/icons.js' */
/** @import { Store } from './state/store.js' */
/** @import { WordName } from './text/words.js' */
import { fill, h } from './base/dom.js';
import { icon } from './base/icons.js';
import { addPlayerButton } from './phone/add-player.js';
import { countActiveFaults } from './state/faults.js';
import { word } from './text/words.js';

/** @type {Readonly<Record<string, { icon: IconName, label: WordName, next: 'auto' | 'light' | 'dark' }>>} */
const THEMES = {
  auto: { icon: 'auto', label: 'themeAuto', next: 'light' },
  light: { icon: 'sun', label: 'themeLight', next: 'dark' },
  dark: { icon: 'moon', label: 'themeDark', next: 'auto' },
};

/**
 * The head of the page.
 * @param {Store} store
 */
export function topBar(store) {
  const state = h('div', { class: 'connection', role: 'status' });
  const chips = h('div', { class: 'chips' });
  const tools = h('div', { class: 'tools' });
  const showTools = () => {
    const focused = document.activeElement?.getAttribute('data-tool');
    fill(tools, [addPlayerButton(store), ...toolButtons(store)]);
    focusTool(tools, focused ?? null);
  };
  const shows = {
    tools: showTools,
    state: () => {
      fill(state, connectionParts(store));
    },
    chips: () => {
      fill(chips, faultChips(store));
    },
  };
  const ends = [
    store.on('phones', showTools),
    store.on('people', showTools),
    store.on('settings', showTools),
    store.on('connection', shows.state),
    store.on('bot', shows.state),
    store.on('faults', shows.chips),
  ];
  for (const show of Object.values(shows)) show();
  const element = bar([chips, state, h('span', { class: 'spring' }), tools]);
  return {
    element,
    close: () => {
      for (const end of ends) end();
    },
  };
}

/** @param {readonly Node[]} parts */
function bar(parts) {
  const logo = h('span', { class: 'logo', 'aria-hidden': 'true' }, icon('swords'));
  return h('header', { class: 'top-bar' }, logo, h('h1', {}, word('title')), ...parts);
}

/**
 * @param {Element} tools
 * @param {string | null} name
 */
function focusTool(tools, name) {
  const button = name === null ? null : tools.querySelector(`[data-tool="${name}"]`);
  if (button instanceof HTMLElement) button.focus();
}

/** @param {Store} store */
function toolButtons(store) {
  const { theme, isSounding, isDrawerOpen, language } = store.settings;
  const {
    icon: themeIcon,
    label,
    next,
  } = THEMES[theme] ?? { icon: 'auto', label: 'themeAuto', next: 'light' };
  const tongue = h(
    'button',
    {
      type: 'button',
      class: 'icon-button language',
      'data-tool': 'language',
      lang: language === 'en' ? 'ru' : 'en',
      title: word('pageLanguage'),
      'aria-label': `${language === 'en' ? 'RU' : 'EN'}: ${word('pageLanguage')}`,
      onclick: () => {
        store.choose({ language: language === 'en' ? 'ru' : 'en' });
      },
    },
    language === 'en' ? 'RU' : 'EN',
  );
  const open = tool('drawer', `${word('drawer')} (${word('drawerShortcut')})`, () => {
    store.choose({ isDrawerOpen: !isDrawerOpen });
  });
  open.setAttribute('aria-pressed', String(isDrawerOpen));
  open.setAttribute('aria-keyshortcuts', 'Control+`');
  open.append(h('kbd', { 'aria-hidden': 'true' }, word('drawerShortcut')));
  return [
    tool(isSounding ? 'sound' : 'mute', word(isSounding ? 'soundOn' : 'soundOff'), () => {
      store.choose({ isSounding: !isSounding });
    }),
    tool(themeIcon, word(label), () => {
      store.choose({ theme: next });
    }),
    tongue,
    open,
  ];
}

/**
 * @param {IconName} name
 * @param {string} label
 * @param {() => void} onclick
 */
function tool(name, label, onclick) {
  const group =
    name === 'sound' || name === 'mute' ? 'sound' : name === 'drawer' ? 'drawer' : 'theme';
  return h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'data-tool': group,
      'aria-label': label,
      title: label,
      onclick,
    },
    icon(name),
  );
}

/** @param {Store} store */
function connectionParts({ connection, isBotStarted }) {
  if (connection === 'open' && isBotStarted) return [];
  const state = connection === 'open' ? 'botStarting' : connection;
  return [
    h('i', { class: 'spinner', 'aria-hidden': 'true' }),
    h('span', { title: word(state) }, word(state)),
  ];
}

/** @param {Store} store */
function faultChips(store) {
  const count = countActiveFaults(store.faultState);
  if (count === 0) return [];
  const open = () => {
    store.choose({ isDrawerOpen: true, drawerTab: 'faults' });
  };
  return [
    h(
      'button',
      { type: 'button', class: 'fault-chip', onclick: open },
      icon('bolt'),
      word('faultsActive', { count }),
    ),
  ];
}
