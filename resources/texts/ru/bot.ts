import type { bot as english } from '../en/bot.ts';

export const bot: Readonly<Record<keyof typeof english, string>> = {
  'bot.error':
    '🛠 Что-то сломалось на нашей стороне. Ничего из твоего не пропало: нажми кнопку, чтобы продолжить.',
  'bot.button.retry': '🔄 Продолжить',
  'bot.notice.unknown': 'Эта кнопка больше не работает. Вот нынешний экран.',
  'bot.notice.doubled': 'Уже делаю!',
  'bot.notice.use_buttons': 'Я понимаю нажатия: выбери ниже или /help.',
  'bot.private_only': 'На арене сражаются с глазу на глаз: напиши мне в личный чат.',
  'bot.date': '{day}.{month}.{year} {time} UTC',
  'bot.description':
    'Дуэли на песке арены, нажатие за нажатием.\n\nСоздай бойца, за секунды найди соперника с близким GearScore и перехитри его: куда он ударит, что оставит открытым? Никого нет? Тогда выйдет твоя собственная Тень.',
  'bot.short_description':
    'Пошаговые дуэли в одно касание: создай бойца, найди соперника, перехитри его.',
  'bot.command.start': 'Начать или продолжить с того же места',
  'bot.command.menu': 'Показать нынешний экран ещё раз',
  'bot.command.history': 'Прошлые бои, размен за разменом',
  'bot.command.help': 'Как играть',
  'bot.command.language': 'Выбрать язык',
};
