// @ts-check
/** @import { BotInfo, Call, Chat, Fault, Message, Person } from '../types.ts' */

/** A request that the sandbox refused; the message can be shown. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends a request to the sandbox. Rejects with a Refusal; its status is 0 when there is no answer.
 * @template T
 * @param {string} request verb and path below /sandbox
 * @param {unknown} [body] a Blob goes as it is, anything else as JSON
 * @returns {Promise<T>}
 */
async function ask(request, body) {
  const [method = 'GET', path = ''] = request.split(' ');
  const init =
    body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) };
  const response = await fetch(`/sandbox${path}`, { method, ...init }).catch(() => null);
  if (response === null) throw new Refusal(0, 'the sandbox does not answer');
  const answer = /** @type {unknown} */ (await response.json().catch(() => null));
  if (!response.ok) throw new Refusal(response.status, whyOf(answer) ?? `${response.status}`);
  // The page and the sandbox are of one version: answers are not checked.
  return /** @type {T} */ (answer);
}

/** @param {unknown} answer */
function whyOf(answer) {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null;
  return typeof answer.error === 'string' ? answer.error : null;
}

/**
 * The reason of a failure as text to show.
 * @param {unknown} error
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {number} id */
const person = (id) => `/people/${id}`;

/** @type {() => Promise<Person[]>} */
export const listPeople = () => ask('GET /people');

/** @type {(name: string, language: string) => Promise<Person>} */
export const addPerson = (name, language) =>
  ask('POST /people', { first_name: name, language_code: language });

/** @type {(id: number, change: { first_name?: string, language_code?: string }) => Promise<Person>} */
export const changePerson = (id, change) => ask(`PATCH ${person(id)}`, change);

/** @type {(id: number) => Promise<Chat>} */
export const readChat = (id) => ask(`GET ${person(id)}/chat`);

/** @type {(id: number) => Promise<unknown>} */
export const clearChat = (id) => ask(`DELETE ${person(id)}/messages`);

/** @type {(id: number, isBlocked: boolean) => Promise<Person>} */
export const setBlocked = (id, isBlocked) =>
  ask(`POST ${person(id)}/${isBlocked ? 'block' : 'unblock'}`);

/** @type {(id: number, text: string, replyToId: number | null) => Promise<Message>} */
export const say = (id, text, replyToId) =>
  ask(`POST ${person(id)}/messages`, {
    text,
    ...(replyToId === null ? {} : { reply_to_message_id: replyToId }),
  });

/** @type {(id: number, messageId: number, text: string) => Promise<Message>} */
export const editMessage = (id, messageId, text) =>
  ask(`PATCH ${person(id)}/messages/${messageId}`, { text });

/** @type {(id: number, messageId: number) => Promise<unknown>} */
export const deleteMessage = (id, messageId) => ask(`DELETE ${person(id)}/messages/${messageId}`);

/** Sends the data that was on the screen, even if the message has changed since. */
/** @type {(id: number, messageId: number, data: string) => Promise<{ callback_query_id: string }>} */
export const tap = (id, messageId, data) =>
  ask(`POST ${person(id)}/taps`, { button: data, message_id: messageId, force: true });

/** @type {(id: number, emoji: string) => Promise<Message>} */
export const sendSticker = (id, emoji) => ask(`POST ${person(id)}/stickers`, { emoji });

/** @type {(id: number, photo: Blob, caption: string) => Promise<Message>} */
export const sendPhoto = (id, photo, caption) =>
  ask(`POST ${person(id)}/photos?caption=${encodeURIComponent(caption)}`, photo);

/** @type {(language: string, id: number) => Promise<BotInfo>} */
export const readBot = (language, id) => ask(`GET /bot?language=${language}&person=${id}`);

/** @type {() => Promise<{ is_started: boolean }>} */
export const readBotState = () => ask('GET /bot');

/** @type {() => Promise<Call[]>} */
export const listCalls = () => ask('GET /calls?limit=200');

/** @type {() => Promise<unknown>} */
export const clearCalls = () => ask('DELETE /calls');

/** @type {() => Promise<Fault[]>} */
export const listFaults = () => ask('GET /faults');

/** @type {(fault: Fault) => Promise<Fault>} */
export const addFault = (fault) => ask('POST /faults', fault);

/** @type {(faultId: number) => Promise<unknown>} */
export const removeFault = (faultId) => ask(`DELETE /faults/${faultId}`);

/** @type {() => Promise<unknown>} */
export const clearFaults = () => ask('DELETE /faults');

/** @type {() => Promise<{ times: number | null }>} */
export const readDoubling = () => ask('GET /doubled-updates');

/** @type {(isOn: boolean) => Promise<unknown>} */
export const setDoubling = (isOn) =>
  isOn ? ask('POST /doubled-updates', { times: null }) : ask('DELETE /doubled-updates');

/** @type {() => Promise<{ on: boolean }>} */
export const readTraffic = () => ask('GET /traffic');

/** @type {(isOn: boolean) => Promise<unknown>} */
export const setTraffic = (isOn) => ask('PUT /traffic', { on: isOn });

/** @type {() => Promise<unknown>} */
export const restart = () => ask('POST /restarts', { down_ms: 2000 });

/** @param {string} fileId */
export const photoAddress = (fileId) => `/sandbox/files/${fileId}`;
