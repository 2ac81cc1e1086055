// @ts-check
/** @import { Store } from '../state/store.js' */
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';
import { addPlayerButton } from './add-player.js';
import { personAvatar } from './avatar.js';
import { unreadBadge } from './owner-bar.js';
import { Phone } from './phone.js';

/**
 * The phones side by side; in a narrow window one of them, with tabs.
 * @param {Store} store
 */
export function board(store) {
  /** @type {Map<number, Phone>} */
  const phones = new Map();
  const row = h('div', { class: 'phones' });
  const tabs = h('nav', { class: 'phone-tabs', 'aria-label': word('players') });
  const show = () => {
    const ids = store.settings.phones.filter((id) => store.person(id) !== null);
    for (const [id, phone] of phones) {
      if (ids.includes(id)) continue;
      phone.close();
      phones.delete(id);
    }
    for (const [place, id] of ids.entries()) {
      if (phones.has(id)) continue;
      const phone = new Phone(store, id);
      phones.set(id, phone);
      row.insertBefore(phone.element, row.children[place] ?? null);
    }
    row.setAttribute('data-count', String(ids.length));
    if (!ids.includes(store.activeId ?? 0) && ids[0] !== undefined) store.activate(ids[0]);
    showTabs(store, tabs);
  };
  const ends = [
    store.on('phones', show),
    store.on('people', show),
    store.on('unread', () => {
      showTabs(store, tabs);
    }),
  ];
  show();
  const close = () => {
    for (const end of ends) end();
    for (const phone of phones.values()) phone.close();
  };
  return { element: h('main', { class: 'board' }, tabs, row), close };
}

/**
 * @param {Store} store
 * @param {HTMLElement} tabs
 */
function showTabs(store, tabs) {
  const people = store.settings.phones
    .map((id) => store.person(id))
    .filter((person) => person !== null);
  const buttons = people.map((person) => {
    const count = store.unread(person.id);
    const isActive = store.activeId === person.id;
    return h(
      'button',
      {
        type: 'button',
        title: person.first_name,
        'aria-current': isActive ? 'true' : null,
        onclick: () => {
          store.activate(person.id);
        },
      },
      personAvatar(person),
      h('bdi', {}, person.first_name),
      count === 0 ? null : unreadBadge(count),
    );
  });
  const focused = [...tabs.children].indexOf(document.activeElement ?? tabs);
  fill(tabs, [...buttons, addPlayerButton(store)]);
  const target = tabs.children[focused];
  if (target instanceof HTMLElement) target.focus();
}
