import type { Sandbox } from 'telegram-sandbox';
import type { CallRecord } from 'telegram-sandbox/testing';

/**
 * The number of screens in a chat, without copies that sends without an answer may have left. Files and notes have no
 * keys.
 */
export function screensIn(sandbox: Sandbox, chatId: number): number {
  const messages = sandbox.people.find(chatId)?.chat().messages ?? [];
  const screens = messages.filter((one) => one.from === 'bot' && one.buttons.length > 0).length;
  const spare = Math.max(0, screens - 1);
  return screens - Math.min(spare, unansweredSends(sandbox, chatId));
}

/** The number of sends with a notification; refused sends (429) do not count. */
export function notifyingSends(sandbox: Sandbox, chatId: number): number {
  const sends = sendsTo(sandbox, chatId).filter(({ status }) => status !== 429);
  return sends.filter(({ parameters }) => parameters['disable_notification'] === false).length;
}

/** Sends that may have taken effect although the bot saw an error. */
function unansweredSends(sandbox: Sandbox, chatId: number): number {
  const sends = sendsTo(sandbox, chatId);
  return sends.filter(({ status }) => status === 0 || status >= 500).length;
}

function sendsTo({ calls }: Sandbox, chatId: number): CallRecord[] {
  const sends = calls.list('sendMessage');
  return sends.filter(({ parameters }) => parameters['chat_id'] === chatId);
}
