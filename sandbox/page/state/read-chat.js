// @ts-check
/** @import { Emitter } from '../base/emitter.js' */
/** @import { Chat, ChatEvent } from '../types.ts' */
import { applyEvent } from './chat-reducer.js';

/**
 * The chat with the events that are heard while it is on its way: what is read may be from before them.
 * @param {Emitter<{ chatEvent: { id: number, event: ChatEvent } } & Record<string, unknown>>} news
 * @param {number} id
 * @param {(id: number) => Promise<Chat>} read
 * @returns {Promise<Chat>}
 */
export async function readChat(news, id, read) {
  /** @type {ChatEvent[]} */
  const heard = [];
  const stop = news.on('chatEvent', (one) => {
    if (one.id === id) heard.push(one.event);
  });
  try {
    const chat = await read(id);
    return heard.reduce(applyEvent, chat);
  } finally {
    stop();
  }
}
