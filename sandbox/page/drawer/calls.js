// @ts-check
/** @import { Call } from '../types.ts' */
/** @import { Store } from '../state/store.js' */
import * as api from '../base/api.js';
import { select } from '../base/dialog.js';
import { fill, h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { iconButton } from '../base/icon-button.js';
import { word } from '../text/words.js';
import { callRow, chatOf } from './call-row.js';

const MOST_ROWS = 250;

/** The calls of the bot, live, newest first. */
export class CallList {
  #isPaused = false;

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.method = labelled(select([['', word('allMethods')]], ''), word('method'));
    this.player = labelled(select([['', word('allPlayers')]], ''), word('player'));
    this.polling = h('input', { type: 'checkbox' });
    this.pause = h('button', { type: 'button', class: 'icon-button' });
    this.rows = h('div', { class: 'call-rows' });
    const panel = { class: 'tab-body', role: 'tabpanel', 'aria-label': word('calls') };
    this.element = h('div', panel, this.#filters(), this.rows);
    this.pause.addEventListener('click', () => {
      this.#setPaused(!this.#isPaused);
    });
    for (const filter of [this.method, this.player, this.polling]) {
      filter.addEventListener('change', () => {
        this.#showAll();
      });
    }
    this.#setPaused(false);
  }

  #filters() {
    const polling = h('label', { class: 'check' }, this.polling, word('polling'));
    const forget = iconButton('trash', word('forget'), () => void this.#forget());
    return h('div', { class: 'filters' }, this.method, this.player, polling, this.pause, forget);
  }

  follow() {
    const ends = [
      this.store.on('calls', (call) => {
        this.#hear(call);
      }),
      this.store.on('people', () => {
        this.#showChoices();
      }),
    ];
    this.#showAll();
    return () => {
      for (const end of ends) end();
    };
  }

  /** @param {Call | null} call */
  #hear(call) {
    if (this.#isPaused) return;
    if (call === null) this.#showAll();
    else if (this.#fits(call)) this.#add(call);
  }

  /** @param {Call} call */
  #add(call) {
    this.rows.querySelector('.nothing')?.remove();
    this.rows.prepend(callRow(call, this.store.person(chatOf(call) ?? 0)));
    while (this.rows.childElementCount > MOST_ROWS) this.rows.lastElementChild?.remove();
    this.#showChoices();
  }

  #showAll() {
    this.#showChoices();
    const fitting = this.store.calls
      .filter((call) => this.#fits(call))
      .slice(-MOST_ROWS)
      .reverse();
    const rows = fitting.map((call) => callRow(call, this.store.person(chatOf(call) ?? 0)));
    fill(this.rows, rows.length > 0 ? rows : [h('p', { class: 'nothing' }, word('noCalls'))]);
  }

  /** @param {Call} call */
  #fits(call) {
    if (call.method === 'getUpdates' && !this.polling.checked) return false;
    const isOfMethod = this.method.value === '' || this.method.value === call.method;
    return isOfMethod && (this.player.value === '' || this.player.value === String(chatOf(call)));
  }

  #showChoices() {
    const methods = [...new Set(this.store.calls.map(({ method }) => method))].sort();
    offer(
      this.method,
      methods.map((method) => [method, method]),
    );
    offer(
      this.player,
      this.store.people.map(({ id, first_name: name }) => [String(id), name]),
    );
  }

  /** @param {boolean} isPaused */
  #setPaused(isPaused) {
    this.#isPaused = isPaused;
    const label = word(isPaused ? 'resume' : 'pause');
    fill(this.pause, [icon(isPaused ? 'play' : 'pause')]);
    for (const name of ['aria-label', 'title']) this.pause.setAttribute(name, label);
    this.pause.setAttribute('aria-pressed', String(isPaused));
    if (!isPaused) this.#showAll();
  }

  async #forget() {
    await api.clearCalls().catch(() => undefined);
    this.store.setCalls([]);
    this.#showAll();
  }
}

/**
 * Replaces all choices but the first ("all") and keeps the chosen one.
 * @param {HTMLSelectElement} box
 * @param {[string, string][]} choices
 */
function offer(box, choices) {
  const wanted = choices.map(([value, text]) => `${value} ${text}`).join('\n');
  if (box.dataset['choices'] === wanted) return;
  box.dataset['choices'] = wanted;
  const { value } = box;
  const [all] = box.options;
  box.replaceChildren(
    ...(all === undefined ? [] : [all]),
    ...choices.map(([key, text]) => h('option', { value: key }, text)),
  );
  box.value = value;
}

/**
 * @param {HTMLSelectElement} box
 * @param {string} label
 */
function labelled(box, label) {
  box.setAttribute('aria-label', label);
  return box;
}
