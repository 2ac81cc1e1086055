// @ts-check
/** @import { MenuItem } from '../base/menu.js' */
/** @import { Store } from '../state/store.js' */
import * as api from '../base/api.js';
import { field, openForm, select } from '../base/dialog.js';
import { h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { openMenu } from '../base/menu.js';
import { MOST_PHONES, freeName } from '../state/phones.js';
import { NAMES, word } from '../text/words.js';

/** @param {Store} store */
export function addPlayerButton(store) {
  const reason = isFull(store) ? `: ${word('phonesFull')}` : '';
  const button = h(
    'button',
    {
      type: 'button',
      class: 'add-player',
      'data-tool': 'add',
      'aria-haspopup': 'menu',
      'aria-label': word('addPlayer') + reason,
      title: word('addPlayer') + reason,
      onclick: () => {
        choose(store, button);
      },
    },
    icon('plus'),
    h('span', {}, word('addPlayer')),
  );
  return button;
}

/** @param {Store} store */
function isFull({ settings }) {
  return settings.phones.length >= MOST_PHONES;
}

/**
 * Offers the players without a phone; without any it adds a new player at once.
 * @param {Store} store
 * @param {HTMLElement} button
 */
function choose(store, button) {
  const away = store.people.filter(({ id }) => !store.settings.phones.includes(id));
  if (away.length === 0 && !isFull(store)) {
    askForNew(store);
    return;
  }
  /** @type {MenuItem[]} */
  const items = away.map(({ id, first_name: name }) => ({
    icon: 'person',
    text: name,
    run: () => {
      take(store, id);
    },
  }));
  openMenu(button, [...items, newPlayerItem(store)], { note: noteOf(store, away.length > 0) });
}

/**
 * @param {Store} store
 * @returns {MenuItem}
 */
function newPlayerItem(store) {
  return {
    icon: 'plus',
    text: word('newPlayer'),
    isDisabled: isFull(store),
    run: () => {
      askForNew(store);
    },
  };
}

/**
 * @param {Store} store
 * @param {boolean} isAnybodyAway
 */
function noteOf(store, isAnybodyAway) {
  if (!isFull(store)) return word('withoutPhone');
  const name = store.person(store.activeId ?? 0)?.first_name ?? '';
  const swap = isAnybodyAway ? [word('takesPlace', { name })] : [];
  return [word('phonesFull'), ...swap, word('putAwayFirst')].join(' ');
}

/**
 * Gives a player a phone; where there is no place for one more, the phone in hand.
 * @param {Store} store
 * @param {number} id
 */
function take(store, id) {
  const { phones } = store.settings;
  const taken = isFull(store)
    ? phones.map((other) => (other === store.activeId ? id : other))
    : [...phones, id];
  store.choose({ phones: taken });
  store.activate(id);
}

/** @param {Store} store */
function askForNew(store) {
  const { language } = store.settings;
  const input = h('input', {
    value: freeName(NAMES[language], store.people),
    maxlength: 64,
    required: true,
    autofocus: true,
  });
  const languages = select(
    [
      ['en', word('english')],
      ['ru', word('russian')],
    ],
    language,
  );
  openForm({
    title: word('newPlayer'),
    fields: [field(word('name'), input), field(word('language'), languages)],
    action: word('add'),
    onDone: () => void add(store, input.value.trim(), languages.value),
  });
}

/**
 * @param {Store} store
 * @param {string} name
 * @param {string} language
 */
async function add(store, name, language) {
  const person = await api.addPerson(name, language).catch(() => null);
  if (person === null) return;
  store.setPerson(person);
  take(store, person.id);
}
