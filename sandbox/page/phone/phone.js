// @ts-check
/** @import { BotInfo, Button, ChatEvent, Message, Person } from '../types.ts' */
/** @import { Store } from '../state/store.js' */
/** @import { About } from './composer.js' */
import * as api from '../base/api.js';
import { chime } from '../base/chime.js';
import { h } from '../base/dom.js';
import { openMenu } from '../base/menu.js';
import { word } from '../text/words.js';
import { ChatHeader } from './chat-header.js';
import { Announcer } from './announcer.js';
import { Composer } from './composer.js';
import { Footer } from './footer.js';
import { MessageLog } from './message-log.js';
import { Notices } from './notices.js';
import { messageMenu } from './message-menu.js';
import { OwnerBar } from './owner-bar.js';
import { PinBar } from './pin-bar.js';
import { TapWatch } from './tap-watch.js';
import { welcome } from './welcome.js';

const UNKNOWN_BOT = {
  name: '',
  username: '',
  description: '',
  short_description: '',
  commands: [],
};
const PULSE_MS = 900;

/** One player's phone: the chat with the bot, and a place to write. */
export class Phone {
  /** @type {(() => void)[]} */
  #ends = [];
  /** @type {BotInfo} */
  #bot = UNKNOWN_BOT;
  #language = '';

  /**
   * @param {Store} store
   * @param {number} id
   */
  constructor(store, id) {
    this.store = store;
    this.id = id;
    this.#language = this.#languageOf(this.#person);
    this.taps = new TapWatch(id, (messageId) => {
      this.log.mark(messageId);
    });
    this.log = new MessageLog(this.#scene());
    this.announcer = new Announcer();
    this.notices = new Notices();
    this.header = new ChatHeader('');
    this.pins = new PinBar((messageId) => {
      this.log.jump(messageId);
    });
    this.composer = this.#newComposer();
    this.footer = this.#newFooter();
    this.owner = new OwnerBar(store, (task) => {
      this.#attempt(task);
    });
    this.welcome = h('div', { class: 'welcome-frame' });
    this.element = this.#frame();
    this.#follow();
  }

  #newComposer() {
    return new Composer({
      onText: (text, about) => {
        this.#write(text, about);
      },
      onSticker: (emoji) => {
        this.#ask(api.sendSticker(this.id, emoji));
      },
      onPhoto: (photo, caption) => {
        this.#ask(api.sendPhoto(this.id, photo, caption));
      },
    });
  }

  #newFooter() {
    return new Footer(this.composer.element, {
      onStart: () => {
        this.#write('/start', null);
      },
      onUnblock: () => {
        this.#attempt(api.setBlocked(this.id, false));
      },
      onSay: (text) => {
        this.#write(text, null);
      },
    });
  }

  #frame() {
    const parts = [
      this.header,
      this.pins,
      { element: this.welcome },
      this.log,
      this.footer,
      this.notices,
      this.announcer,
    ];
    const screen = h('div', { class: 'screen' }, ...parts.map(({ element }) => element));
    const activate = () => {
      this.store.activate(this.id);
    };
    const attributes = { class: 'phone', 'data-person-id': this.id };
    const listeners = { onpointerdown: activate, onfocusin: activate };
    return h('section', { ...attributes, ...listeners }, this.owner.element, screen);
  }

  close() {
    for (const end of this.#ends) end();
    this.element.remove();
  }

  get #person() {
    return this.store.person(this.id);
  }

  #follow() {
    const mine = (/** @type {() => void} */ task) => (/** @type {number} */ id) => {
      if (id === this.id) task();
    };
    this.#ends = [
      this.store.on('people', () => {
        this.#showPerson();
      }),
      this.store.on('phones', () => {
        this.#showPerson();
      }),
      this.store.on(
        'unread',
        mine(() => {
          this.#showPerson();
        }),
      ),
      this.store.on(
        'chat',
        mine(() => {
          this.#showChat();
        }),
      ),
      this.store.on('chatEvent', ({ id, event }) => {
        if (id === this.id) this.#see(event);
      }),
      this.store.on('connection', () => void this.#meetBot()),
      this.store.on('bot', () => void this.#meetBot()),
    ];
    this.#showPerson();
    this.#showChat();
    void this.#meetBot();
  }

  #showPerson() {
    const person = this.#person;
    if (person === null) return;
    this.element.setAttribute('aria-label', word('phone', { name: person.first_name }));
    this.element.classList.toggle('is-active', this.store.activeId === this.id);
    this.owner.show(person);
    this.#showFoot();
    if (this.#languageOf(person) === this.#language) return;
    this.#language = this.#languageOf(person);
    void this.#meetBot();
  }

  /**
   * What the player's Telegram speaks: the page's language unless they have one.
   * @param {Person | null} person
   */
  #languageOf(person) {
    return person?.language_code ?? this.store.settings.language;
  }

  #showChat() {
    const chat = this.store.chat(this.id);
    this.log.show(chat);
    this.pins.show(chat);
    this.#showFoot();
  }

  #showFoot() {
    const person = this.#person;
    if (person === null) return;
    const chat = this.store.chat(this.id);
    const isEmpty = chat.messages.length === 0;
    this.welcome.replaceChildren(
      ...(isEmpty && this.#bot.username !== '' ? [welcome(this.#bot)] : []),
    );
    this.welcome.hidden = !isEmpty;
    this.log.element.hidden = isEmpty;
    this.footer.show({ isEmpty, isBlocked: person.has_blocked_bot, labels: chat.reply_keyboard });
  }

  async #meetBot() {
    if (this.store.connection !== 'open') return;
    const language = this.#language.slice(0, 2);
    this.#bot = await api.readBot(language, this.id).catch(() => this.#bot);
    this.header.name.textContent = this.#bot.name;
    this.composer.setCommands(this.#bot.commands);
    this.log.options = this.#scene();
    for (const part of [this.log.list, this.announcer.element]) part.lang = this.#language;
    this.#showFoot();
  }

  #scene() {
    return {
      label: word('messages', { name: this.#person?.first_name ?? '' }),
      language: this.#language,
      botName: this.#bot.name,
      find: (/** @type {number} */ messageId) => this.#find(messageId),
      onJump: (/** @type {number} */ messageId) => {
        this.log.jump(messageId);
      },
      onCommand: (/** @type {string} */ command) => {
        this.#write(command, null);
      },
      onPress: (/** @type {Message} */ message, /** @type {Button} */ button) => {
        this.#press(message, button);
      },
      isWaiting: (/** @type {number} */ messageId, /** @type {string | null} */ data) =>
        this.taps.isWaiting(messageId, data),
      onNews: (
        /** @type {Message} */ message,
        /** @type {{ before: Message | null, article: HTMLElement }} */ change,
      ) => {
        if (message.from === 'bot' && this.store.activeId === this.id)
          this.announcer.tell(message, change);
      },
      onMenu: (/** @type {Message} */ message, /** @type {MouseEvent} */ event) => {
        this.#openMenu(message, event);
      },
    };
  }

  /** @param {number} messageId */
  #find(messageId) {
    const { messages } = this.store.chat(this.id);
    return messages.find(({ message_id: id }) => id === messageId) ?? null;
  }

  /** @param {ChatEvent} event */
  #see(event) {
    this.header.see(event);
    if (event.kind === 'toast') {
      const { callback_query_id: query, text, is_alert: isAlert } = event.toast;
      this.taps.answered(query);
      if (text !== '' && isAlert) this.notices.alert(this.#bot.name, text);
      else if (text !== '') this.notices.say(text);
    }
    if (event.kind === 'sent' && event.message.from === 'bot' && !event.message.is_silent)
      this.#ring();
  }

  #ring() {
    if (this.store.settings.isSounding) chime();
    this.element.classList.add('is-ringing');
    setTimeout(() => {
      this.element.classList.remove('is-ringing');
    }, PULSE_MS);
  }

  /**
   * @param {Message} message
   * @param {Button} button
   */
  #press({ message_id: messageId }, { data, url, copy_text: copied }) {
    if (data !== null) {
      this.header.work();
      this.#attempt(this.taps.tap(messageId, data));
    } else if (url !== null) {
      window.open(url, '_blank', 'noopener,noreferrer');
    } else if (copied !== null) {
      this.#copy(copied);
    }
  }

  /**
   * @param {string} text
   * @param {About | null} about
   */
  #write(text, about) {
    if (about?.kind === 'edit') {
      this.#ask(api.editMessage(this.id, about.message.message_id, text));
    } else {
      const said = api.say(this.id, text, about?.message.message_id ?? null);
      this.#ask(said);
      said.catch(() => {
        this.composer.giveBack(text);
      });
    }
  }

  /** @param {Promise<unknown>} task something the bot will answer */
  #ask(task) {
    this.header.work();
    this.#attempt(task);
  }

  /** @param {Promise<unknown>} task */
  #attempt(task) {
    task.catch((/** @type {unknown} */ error) => {
      this.header.rest();
      this.notices.say(word('failed', { why: api.reasonOf(error) }));
    });
  }

  /** @param {string} text */
  #copy(text) {
    this.#attempt(
      navigator.clipboard.writeText(text).then(() => {
        this.notices.say(word('copied'));
      }),
    );
  }

  /**
   * @param {Message} message
   * @param {MouseEvent} event
   */
  #openMenu(message, event) {
    const items = messageMenu(message, {
      about: (about) => {
        this.composer.setAbout(about);
      },
      copy: () => {
        this.#copy(message.text);
      },
      remove: () => {
        this.#attempt(api.deleteMessage(this.id, message.message_id));
      },
    });
    openMenu(this.log.list, items, { at: { x: event.clientX, y: event.clientY } });
  }
}
