// @ts-check
/** @import { Call, Chat, ChatEvent, Connection, Person, Settings, FaultState } from '../types.ts' */
import { Emitter } from '../base/emitter.js';
import { EMPTY_CHAT, applyEvent } from './chat-reducer.js';
import { keepSettings } from './settings.js';

const MOST_CALLS = 500;

/**
 * @typedef {object} Topics
 * @property {null} people
 * @property {null} phones which phones are shown, and which is in hand
 * @property {number} chat whose chat is different now
 * @property {{ id: number, event: ChatEvent }} chatEvent
 * @property {number} unread
 * @property {Call | null} calls a new one, or null: all are different
 * @property {null} faults
 * @property {null} connection
 * @property {null} bot whether it has started
 * @property {null} settings
 */

/**
 * The state of the page. Views subscribe to its topics.
 * @extends {Emitter<Topics & Record<string, unknown>>}
 */
export class Store extends Emitter {
  /** @type {readonly Person[]} */
  people = [];
  /** @type {Map<number, Chat>} */
  #chats = new Map();
  /** @type {Map<number, number>} */
  #unread = new Map();
  /** @type {readonly Call[]} */
  calls = [];
  /** @type {FaultState} */
  faultState = { faults: [], isDoubling: false, isTraffic: false };
  /** @type {Connection} */
  connection = 'connecting';
  /** Assumed until the sandbox says otherwise. */
  isBotStarted = true;
  /** @type {number | null} */
  activeId = null;

  /** @param {Settings} settings */
  constructor(settings) {
    super();
    this.settings = settings;
  }

  /** @param {number} id */
  person(id) {
    return this.people.find((person) => person.id === id) ?? null;
  }

  /** @param {number} id */
  chat(id) {
    return this.#chats.get(id) ?? EMPTY_CHAT;
  }

  /** @param {number} id */
  unread(id) {
    return this.#unread.get(id) ?? 0;
  }

  /** @param {readonly Person[]} people */
  setPeople(people) {
    this.people = people;
    this.emit('people', null);
  }

  /** @param {Person} person */
  setPerson(person) {
    const isKnown = this.person(person.id) !== null;
    const others = this.people.map((known) => (known.id === person.id ? person : known));
    this.setPeople(isKnown ? others : [...this.people, person]);
  }

  /**
   * @param {number} id
   * @param {Chat} chat
   */
  setChat(id, chat) {
    this.#chats.set(id, chat);
    this.emit('chat', id);
  }

  /**
   * @param {number} id
   * @param {ChatEvent} event
   */
  see(id, event) {
    const before = this.chat(id);
    const after = applyEvent(before, event);
    this.#chats.set(id, after);
    if (after !== before) this.emit('chat', id);
    this.#count(id, event);
    this.emit('chatEvent', { id, event });
  }

  /**
   * @param {number} id
   * @param {ChatEvent} event
   */
  #count(id, event) {
    if (event.kind !== 'sent' || event.message.from !== 'bot' || id === this.activeId) return;
    this.#unread.set(id, this.unread(id) + 1);
    this.emit('unread', id);
  }

  /** @param {number} id */
  activate(id) {
    if (this.#unread.delete(id)) this.emit('unread', id);
    if (this.activeId === id) return;
    this.activeId = id;
    this.emit('phones', null);
  }

  /** @param {Partial<Settings>} change */
  choose(change) {
    this.settings = { ...this.settings, ...change };
    keepSettings(this.settings);
    this.emit(change.phones === undefined ? 'settings' : 'phones', null);
  }

  /** @param {readonly Call[]} calls */
  setCalls(calls) {
    this.calls = calls;
    this.emit('calls', null);
  }

  /** @param {Call} call */
  addCall(call) {
    this.calls = [...this.calls, call].slice(-MOST_CALLS);
    this.emit('calls', call);
  }

  /** @param {FaultState} faultState */
  setFaultState(faultState) {
    this.faultState = faultState;
    this.emit('faults', null);
  }

  /** @param {boolean} isBotStarted */
  setBotStarted(isBotStarted) {
    if (this.isBotStarted === isBotStarted) return;
    this.isBotStarted = isBotStarted;
    this.emit('bot', null);
  }

  /** @param {Connection} connection */
  setConnection(connection) {
    if (this.connection === connection) return;
    this.connection = connection;
    this.emit('connection', null);
  }
}
