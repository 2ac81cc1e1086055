import type { Sandbox } from '../../sandbox/start-sandbox.ts';

/** The bot's messages in a chat, but for those that its sends without an answer may have left there. */
export function screensIn(sandbox: Sandbox, chatId: number): number {
  const messages = sandbox.people.find(chatId)?.chat().messages ?? [];
  const screens = messages.filter((one) => one.from === 'bot').length;
  const spare = Math.max(0, screens - 1);
  return screens - Math.min(spare, unansweredSends(sandbox, chatId));
}

/** Whether they took effect or not: the bot was told of nothing but trouble. */
function unansweredSends({ calls }: Sandbox, chatId: number): number {
  return calls
    .list('sendMessage')
    .filter(({ parameters }) => parameters['chat_id'] === chatId)
    .filter(({ status }) => status === 0 || status >= 500).length;
}
