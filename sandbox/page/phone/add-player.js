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
  const isFull = store.settings.phones.length >= MOST_PHONES;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'add-player',
      disabled: isFull,
      'aria-haspopup': 'menu',
      'aria-label': word('addPlayer'),
      title: word('addPlayer'),
      onclick: () => {
        choose(store, button);
      },
    },
    icon('plus'),
    h('span', {}, word('addPlayer')),
  );
  return button;
}

/**
 * Offers the players whose phones are hidden; without any it adds a new player at once.
 * @param {Store} store
 * @param {HTMLElement} button
 */
function choose(store, button) {
  const { phones } = store.settings;
  const away = store.people.filter(({ id }) => !phones.includes(id));
  if (away.length === 0) {
    askForNew(store);
    return;
  }
  /** @type {MenuItem[]} */
  const items = away.slice(-8).map(({ id, first_name: name }) => ({
    icon: 'person',
    text: name,
    run: () => {
      take(store, id);
    },
  }));
  openMenu(button, [
    ...items,
    {
      icon: 'plus',
      text: word('newPlayer'),
      run: () => {
        askForNew(store);
      },
    },
  ]);
}

/**
 * @param {Store} store
 * @param {number} id
 */
function take(store, id) {
  store.choose({ phones: [...store.settings.phones, id] });
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
