// @ts-check
/** @import { Chat, Message } from '../types.ts' */
/** @import { Scene } from './message.js' */
import { fill, h, wantsCalm } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { word } from '../text/words.js';
import { markWaiting, takeOver } from './inline-keyboard.js';
import { messageParts } from './message.js';

const NEAR_BOTTOM_PX = 60;
const LEAVING_MS = 180;

/**
 * @typedef {Scene & {
 *   label: string,
 *   onMenu: (message: Message, event: MouseEvent) => void,
 *   onNews: (message: Message, change: { before: Message | null, article: HTMLElement }) => void,
 * }} LogOptions
 */

/** The messages of a chat. Follows new messages unless the user has scrolled up. */
export class MessageLog {
  /** @type {Map<number, { article: HTMLElement, message: Message }>} */
  #shown = new Map();
  #isAtBottom = true;
  #missed = 0;
  #isFirst = true;

  /** @param {LogOptions} options */
  constructor(options) {
    this.options = options;
    this.list = h('div', {
      class: 'log',
      role: 'log',
      tabindex: 0,
      lang: options.language,
      'aria-label': options.label,
      /* An announcer reads what is new: an edit replaces nodes, which would be read as a whole. */
      'aria-live': 'off',
    });
    this.count = h('span', { class: 'badge', hidden: true });
    this.down = h(
      'button',
      {
        type: 'button',
        class: 'down',
        hidden: true,
        'aria-label': word('toBottom'),
        onclick: () => {
          this.toBottom(!wantsCalm());
        },
      },
      icon('down'),
      this.count,
    );
    this.element = h('div', { class: 'log-frame' }, this.list, this.down);
    this.list.addEventListener(
      'scroll',
      () => {
        this.#look();
      },
      { passive: true },
    );
    this.list.addEventListener('keydown', (event) => {
      this.#step(event);
    });
    new ResizeObserver(() => {
      if (this.#isAtBottom) this.toBottom(false);
    }).observe(this.list);
  }

  /** @param {Chat} chat */
  show({ messages }) {
    const wanted = new Set(messages.map(({ message_id: id }) => id));
    for (const id of this.#shown.keys()) if (!wanted.has(id)) this.#remove(id);
    for (const message of messages) this.#put(message);
    this.#group();
    if (this.#isAtBottom) this.toBottom(false);
    this.#isFirst = false;
  }

  /** @param {number} messageId */
  jump(messageId) {
    const article = this.#shown.get(messageId)?.article;
    article?.scrollIntoView({ block: 'center', behavior: wantsCalm() ? 'auto' : 'smooth' });
    if (article !== undefined) flash(article, 'is-found');
  }

  /**
   * Arrow keys go from message to message: their menus can be reached without a pointer.
   * @param {KeyboardEvent} event
   */
  #step(event) {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const articles = [...this.#shown.values()].map(({ article }) => article);
    const at = articles.findIndex((article) => article === event.target);
    if (by === 0 || (at < 0 && event.target !== this.list)) return;
    const next = at < 0 ? articles.at(-1) : articles[at + by];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  /** @param {number} messageId */
  mark(messageId) {
    const article = this.#shown.get(messageId)?.article;
    if (article === undefined) return;
    markWaiting(article, (data) => this.options.isWaiting(messageId, data));
  }

  /** @param {boolean} isSmooth */
  toBottom(isSmooth) {
    this.#missed = 0;
    this.#isAtBottom = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: isSmooth ? 'smooth' : 'instant' });
    this.#showDown();
  }

  #look() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.#isAtBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#isAtBottom) this.#missed = 0;
    this.#showDown();
  }

  #showDown() {
    this.down.hidden = this.#isAtBottom;
    this.count.hidden = this.#missed === 0;
    this.count.textContent = String(this.#missed);
  }

  /** @param {Message} message */
  #put(message) {
    const id = message.message_id;
    const known = this.#shown.get(id);
    if (known?.message === message) return;
    const article = known?.article ?? this.#add(message);
    this.#shown.set(id, { article, message });
    const focused = [...article.querySelectorAll('.key')].indexOf(
      document.activeElement ?? article,
    );
    const [bubble = null, keyboard = null] = messageParts(message, this.options);
    if (known === undefined) fill(article, [bubble, keyboard]);
    else change(article, bubble, keyboard);
    const key = [...article.querySelectorAll('.key')].at(focused);
    if (focused >= 0 && key instanceof HTMLElement) key.focus({ preventScroll: true });
    if (!this.#isFirst) this.options.onNews(message, { before: known?.message ?? null, article });
    if (known !== undefined && known.message.text !== message.text) flash(article, 'is-edited');
  }

  /** @param {Message} message */
  #add(message) {
    const id = message.message_id;
    const article = h('article', {
      class: `message from-${message.from}${this.#isFirst ? '' : ' is-new'}`,
      'data-message-id': id,
      tabindex: -1,
      oncontextmenu: (event) => {
        const known = this.#shown.get(id)?.message;
        if (known === undefined || known.kind === 'pin' || !(event instanceof MouseEvent)) return;
        event.preventDefault();
        this.options.onMenu(known, event);
      },
    });
    const next = [...this.#shown].find(([other]) => other > id)?.[1].article ?? null;
    this.list.insertBefore(article, next);
    if (message.from === 'person') this.#isAtBottom = true;
    if (!this.#isAtBottom) this.#missed += 1;
    this.#showDown();
    return article;
  }

  /** @param {number} id */
  #remove(id) {
    const article = this.#shown.get(id)?.article;
    this.#shown.delete(id);
    if (article === undefined) return;
    article.removeAttribute('data-message-id');
    article.setAttribute('aria-hidden', 'true');
    article.inert = true;
    article.classList.add('is-leaving');
    setTimeout(
      () => {
        article.remove();
      },
      wantsCalm() ? 0 : LEAVING_MS,
    );
  }

  /** Groups consecutive messages of one side, and begins each day with its date. */
  #group() {
    /** @type {Message | null} */
    let before = null;
    for (const { article, message } of this.#shown.values()) {
      const isNewDay = before === null || dayOf(before) !== dayOf(message);
      article.classList.toggle(
        'is-continued',
        !isNewDay && before?.from === message.from && before.kind !== 'pin',
      );
      if (isNewDay) article.setAttribute('data-day', dayText(message, this.options.language));
      else article.removeAttribute('data-day');
      before = message;
    }
  }
}

/**
 * Leaves keys in the document that send the same data: a key that is removed, even for a moment, loses a press.
 * @param {HTMLElement} article
 * @param {Element | null} bubble
 * @param {Element | null} keyboard
 */
function change(article, bubble, keyboard) {
  if (bubble !== null) article.firstElementChild?.replaceWith(bubble);
  const shown = article.querySelector('.keyboard');
  if (shown === null || keyboard === null) {
    shown?.remove();
    if (keyboard !== null) article.append(keyboard);
  } else if (!takeOver(shown, keyboard)) shown.replaceWith(keyboard);
}

/**
 * @param {HTMLElement} article
 * @param {string} name
 */
function flash(article, name) {
  article.classList.remove(name);
  requestAnimationFrame(() => {
    article.classList.add(name);
  });
}

/** @param {Message} message */
function dayOf({ date_s: seconds }) {
  return new Date(seconds * 1000).toDateString();
}

/**
 * @param {Message} message
 * @param {string} language
 */
function dayText({ date_s: seconds }, language) {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(
    seconds * 1000,
  );
}
