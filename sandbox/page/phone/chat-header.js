// @ts-check
/** @import { ChatEvent } from '../types.ts' */
import { h } from '../base/dom.js';
import { word } from '../text/words.js';
import { botAvatar } from './avatar.js';

const ACTION_MS = 5000;

/** The name of the bot, and the chat action it shows. */
export class ChatHeader {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} botName */
  constructor(botName) {
    this.name = h('b', { class: 'bot-name' }, botName);
    this.status = h('span', { class: 'bot-status' }, word('bot'));
    this.element = h(
      'header',
      { class: 'chat-header' },
      botAvatar(),
      h('div', {}, this.name, this.status),
    );
  }

  /** @param {string} [text] */
  work(text = word('typing')) {
    clearTimeout(this.#timer);
    this.status.textContent = text;
    this.status.classList.add('is-busy');
    this.#timer = setTimeout(() => {
      this.rest();
    }, ACTION_MS);
  }

  rest() {
    clearTimeout(this.#timer);
    this.status.textContent = word('bot');
    this.status.classList.remove('is-busy');
  }

  /** @param {ChatEvent} event */
  see(event) {
    if (event.kind === 'action') {
      if (event.action === 'cancel') this.rest();
      else this.work(word(event.action === 'upload_photo' ? 'sendingPhoto' : 'typing'));
      return;
    }
    const isOfPerson = event.kind === 'sent' && event.message.from === 'person';
    const isSilentAnswer = event.kind === 'toast' && event.toast.text === '';
    if (!isOfPerson && !isSilentAnswer) this.rest();
  }
}
