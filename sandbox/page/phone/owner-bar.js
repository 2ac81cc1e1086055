// @ts-check
/** @import { Person } from '../types.ts' */
/** @import { MenuItem } from '../base/menu.js' */
/** @import { Store } from '../state/store.js' */
import * as api from '../base/api.js';
import { field, openForm } from '../base/dialog.js';
import { fill, h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { openMenu } from '../base/menu.js';
import { word } from '../text/words.js';
import { personAvatar } from './avatar.js';

/** @typedef {(task: Promise<unknown>) => void} Attempt shows what could not be done */

/** The strip above a phone: whose it is, and what can be done with this player. */
export class OwnerBar {
  /** @type {Person | null} */
  #person = null;

  /**
   * @param {Store} store
   * @param {Attempt} attempt
   */
  constructor(store, attempt) {
    this.store = store;
    this.attempt = attempt;
    this.facts = h('div', { class: 'owner-facts' });
    this.more = h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'data-menu': 'end',
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
        onclick: () => {
          this.#open();
        },
      },
      icon('more'),
    );
    this.element = h('div', { class: 'owner-bar' }, this.facts, this.more);
  }

  /** @param {Person} person */
  show(person) {
    this.#person = person;
    const { id, first_name: name, language_code: language } = person;
    const count = this.store.unread(id);
    const label = word('options', { name });
    for (const attribute of ['aria-label', 'title']) this.more.setAttribute(attribute, label);
    fill(this.facts, [
      personAvatar(person),
      h('h2', { class: 'owner-name', title: name, dir: 'auto' }, name),
      h('span', { class: 'tag' }, (language ?? '').toUpperCase()),
      person.has_blocked_bot ? blockedTag() : null,
      count === 0 ? null : unreadBadge(count),
    ]);
  }

  #open() {
    const person = this.#person;
    if (person !== null) openMenu(this.more, ownerItems(this.store, person, this.attempt));
  }
}

function blockedTag() {
  return h('span', { class: 'tag is-warning', title: word('blocked') }, icon('block'));
}

/** @param {number} count */
export function unreadBadge(count) {
  return h('span', { class: 'badge', title: word('unread', { count }) }, String(count));
}

/**
 * @param {Store} store
 * @param {Person} person
 * @param {Attempt} attempt
 * @returns {MenuItem[]}
 */
function ownerItems(store, person, attempt) {
  const { id, has_blocked_bot: isBlocked } = person;
  return [
    {
      icon: 'edit',
      text: word('rename'),
      run: () => {
        rename(person, attempt);
      },
    },
    languageItem(person, 'en', attempt),
    languageItem(person, 'ru', attempt),
    {
      icon: 'block',
      text: word(isBlocked ? 'unblock' : 'block'),
      run: () => {
        attempt(api.setBlocked(id, !isBlocked));
      },
    },
    {
      icon: 'broom',
      text: word('clear'),
      run: () => {
        attempt(api.clearChat(id));
      },
    },
    {
      icon: 'close',
      text: word('hidePhone'),
      run: () => {
        store.choose({ phones: store.settings.phones.filter((other) => other !== id) });
      },
      isDangerous: true,
    },
  ];
}

/**
 * @param {Person} person
 * @param {'en' | 'ru'} language
 * @param {Attempt} attempt
 * @returns {MenuItem}
 */
function languageItem(person, language, attempt) {
  return {
    icon: 'globe',
    text: word(language === 'en' ? 'english' : 'russian'),
    isChecked: person.language_code === language,
    run: () => {
      attempt(api.changePerson(person.id, { language_code: language }));
    },
  };
}

/**
 * @param {Person} person
 * @param {Attempt} attempt
 */
function rename(person, attempt) {
  const input = h('input', {
    value: person.first_name,
    maxlength: 64,
    required: true,
    autofocus: true,
  });
  openForm({
    title: word('renameTitle'),
    fields: [field(word('name'), input)],
    action: word('save'),
    onDone: () => {
      attempt(api.changePerson(person.id, { first_name: input.value.trim() }));
    },
  });
}
