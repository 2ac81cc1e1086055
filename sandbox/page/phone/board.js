// @ts-check
/** @import { Store } from '../state/store.js' */
import { fill, h } from '../base/dom.js';
import { MOST_PHONES } from '../state/phones.js';
import { word } from '../text/words.js';
import { addPlayerButton } from './add-player.js';
import { personAvatar } from './avatar.js';
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
    for (const id of ids) if (!phones.has(id)) phones.set(id, added(store, row, id));
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
 * @param {Element} row
 * @param {number} id
 */
function added(store, row, id) {
  const phone = new Phone(store, id);
  row.append(phone.element);
  return phone;
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
        'aria-current': isActive ? 'true' : null,
        onclick: () => {
          store.activate(person.id);
        },
      },
      personAvatar(person),
      h('span', {}, person.first_name),
      count === 0 ? null : h('span', { class: 'badge' }, String(count)),
    );
  });
  const isFull = people.length >= MOST_PHONES;
  fill(tabs, [...buttons, isFull ? null : addPlayerButton(store)]);
}
