// @ts-check
/** @import { Command, Message } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { iconButton } from '../base/icon-button.js';
import { openMenu } from '../base/menu.js';
import { word } from '../text/words.js';
import { CommandList } from './command-list.js';
import { summary } from './message.js';
import { choosePhoto, drawSample } from './photos.js';
import { StickerPicker } from './sticker-picker.js';

/**
 * @typedef {object} ComposerHandlers
 * @property {(text: string, about: About | null) => void} onText
 * @property {(emoji: string) => void} onSticker
 * @property {(photo: Blob, caption: string) => void} onPhoto
 */

/**
 * The message that is replied to or edited.
 * @typedef {{ kind: 'reply' | 'edit', message: Message }} About
 */

/** The input field of a chat. */
export class Composer {
  /** @type {readonly Command[]} */
  #commands = [];
  /** @type {About | null} */
  #about = null;

  /** @param {ComposerHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.list = new CommandList((command) => {
      this.#send(command);
    });
    this.stickers = new StickerPicker(handlers.onSticker);
    this.input = h('textarea', {
      rows: 1,
      placeholder: word('message'),
      'aria-label': word('message'),
      autocomplete: 'off',
    });
    this.menu = menuButton(() => {
      this.#toggleCommands();
    });
    this.send = sendButton();
    this.attach = iconButton('clip', word('attach'), () => {
      this.#openAttach();
    });
    this.emoji = iconButton('smile', word('stickers'), () => {
      this.stickers.toggle();
    });
    this.about = h('div', { class: 'about', hidden: true });
    const row = [this.menu, this.attach, this.input, this.emoji, this.send];
    const above = [this.list.element, this.stickers.element, this.about];
    this.element = h(
      'form',
      { class: 'composer' },
      ...above,
      h('div', { class: 'composer-row' }, ...row),
    );
    this.#listen();
  }

  /** @param {readonly Command[]} commands */
  setCommands(commands) {
    this.#commands = commands;
    this.menu.hidden = commands.length === 0;
  }

  /** @param {About | null} about */
  setAbout(about) {
    this.#about = about;
    this.about.hidden = about === null;
    if (about === null) return;
    fill(this.about, [
      icon(about.kind),
      h('span', {}, h('b', {}, word(about.kind)), summary(about.message)),
      iconButton('close', word('cancel'), () => {
        this.setAbout(null);
      }),
    ]);
    if (about.kind === 'edit') this.#write(about.message.text);
    this.input.focus();
  }

  /**
   * Puts a text that could not be sent back, unless another one is being written.
   * @param {string} text
   */
  giveBack(text) {
    if (this.input.value === '') this.#write(text);
  }

  #listen() {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(this.input.value.trim());
    });
    this.input.addEventListener('input', () => {
      this.#typed();
    });
    this.input.addEventListener('keydown', (event) => {
      this.#pressed(event);
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#escape();
    });
  }

  /** @param {string} text */
  #send(text) {
    if (text === '') return;
    this.handlers.onText(text, this.#about);
    this.setAbout(null);
    this.#write('');
    this.input.focus();
  }

  /** @param {string} text */
  #write(text) {
    this.input.value = text;
    this.#typed();
  }

  #typed() {
    const { value } = this.input;
    this.send.hidden = value.trim() === '';
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
    const begun = /^\/(\w*)$/.exec(value)?.[1];
    this.list.open(
      begun === undefined ? [] : this.#commands.filter(({ command }) => command.startsWith(begun)),
    );
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    const isEnter = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (this.list.isOpen && (step !== null || isEnter || event.key === 'Tab')) {
      event.preventDefault();
      if (step === null) this.list.choose();
      else this.list.step(step);
    } else if (isEnter) {
      event.preventDefault();
      this.#send(this.input.value.trim());
    }
  }

  #escape() {
    const isCovered = this.list.isOpen || !this.stickers.element.hidden;
    this.list.close();
    this.stickers.close();
    if (!isCovered) this.setAbout(null);
    this.input.focus();
  }

  #toggleCommands() {
    if (this.list.isOpen) this.list.close();
    else this.list.open(this.#commands);
    this.input.focus();
  }

  #openAttach() {
    const send = (/** @type {Blob} */ photo) => {
      this.handlers.onPhoto(photo, this.input.value.trim());
      this.#write('');
    };
    openMenu(this.attach, [
      {
        icon: 'image',
        text: word('photoFromFile'),
        run: () => {
          choosePhoto(send);
        },
      },
      {
        icon: 'sun',
        text: word('samplePhoto'),
        run: () => {
          drawSample(send);
        },
      },
    ]);
  }
}

/** @param {() => void} onclick */
function menuButton(onclick) {
  const attributes = { class: 'menu-button', 'aria-label': word('menu'), hidden: true, onclick };
  const label = h('span', {}, word('menu'));
  return h('button', { type: 'button', ...attributes }, icon('menu'), label);
}

function sendButton() {
  const label = word('send');
  const attributes = { class: 'send', 'aria-label': label, title: label, hidden: true };
  return h('button', { type: 'submit', ...attributes }, icon('send'));
}
