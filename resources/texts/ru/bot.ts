import type { bot as english } from '../en/bot.ts';

export const bot: Readonly<Record<keyof typeof english, string>> = {
  'bot.error':
    '🛠 Что-то сломалось на нашей стороне. Ничего из твоего не пропало: нажми кнопку, чтобы продолжить.',
  'bot.button.retry': '🔄 Продолжить',
  'bot.notice.unknown': 'Эта кнопка больше не работает. Вот нынешний экран.',
  'bot.notice.doubled': 'Уже делаю!',
  'bot.private_only': 'На арене сражаются с глазу на глаз: напиши мне в личный чат.',
  'bot.command.start': 'Начать или продолжить с того же места',
  'bot.command.menu': 'Показать нынешний экран ещё раз',
  'bot.command.help': 'Как играть',
  'bot.command.language': 'Выбрать язык',
};
