import type { privacy as english } from '../en/privacy.ts';

export const privacy: Readonly<Record<keyof typeof english, string>> = {
  'privacy.title': '🔐 Твои данные',
  'privacy.stored':
    'Для игры, и только для неё, хранятся: твой id, имена и язык в Telegram, персонажи и их вещи, бои, настройки и чёрный список.',
  'privacy.kept':
    'Всё хранится, пока ты это не сотрёшь. /mydata пришлёт все данные, /forgetme сотрёт их. Сообщения оператору передаются и не хранятся.',
  'privacy.erased':
    'После стирания бои остаются у соперников без твоего имени. Баны, паузы, рейтинг и блокировки хранятся {days} дней под кодом вместо id.',
  'privacy.button.data': '📄 Мои данные',
  'privacy.button.forget': '🗑 Стереть',
  'privacy.button.blocks': '🚫 Чёрный список',
  'privacy.button.support': '💬 Оператор',
  'privacy.button.back': '🔐 Твои данные',
  'privacy.button.again': '🌱 Начать заново',
  'privacy.button.previous': '◀️ Назад',
  'privacy.button.next': 'Дальше ▶️',
  'privacy.button.unblock': '↩️ Встречаться снова: {name}',
  'privacy.data.title': '📄 Твои данные',
  'privacy.data.sent': 'Файл в этом чате.',
  'privacy.data.caption': 'Всё, что хранится о тебе.',
  'privacy.forget.title': '🗑 Стереть всё?',
  'privacy.forget.body':
    'Персонажи, их снаряжение, золото и счёт, настройки и чёрный список исчезнут навсегда. Бои останутся у соперников без твоего имени.',
  'privacy.forget.kept':
    'Баны, паузы, рейтинг и чужие блокировки снова подействуют, если ты вернёшься в течение {days} дней.',
  'privacy.forget.no': '↩️ Оставить',
  'privacy.forget.yes': '🗑 Стереть всё',
  'privacy.forgotten.title': '🗑 Всё стёрто',
  'privacy.forgotten.body': 'Возвращайся, если захочется начать с чистого листа.',
  'privacy.notice.busy': 'Идёт поиск или бой: сначала отмени или заверши его.',
  'privacy.notice.saving': 'Данные как раз сохраняются: попробуй снова через полминуты.',
  'privacy.notice.data_often': 'Один файл в минуту: попробуй чуть позже.',
  'privacy.notice.not_sent': 'Отправить не удалось. Попробуй снова через минуту.',
  'privacy.support.title': '💬 Оператору',
  'privacy.support.ask':
    'Напиши одно сообщение: что случилось и когда? Оно уйдёт вместе с твоим id в Telegram. {left, plural, one {Сегодня осталось # сообщение.} few {Сегодня осталось # сообщения.} many {Сегодня осталось # сообщений.} other {Сегодня осталось # сообщения.}}',
  'privacy.support.sent': 'Передано. Оператор ответит тебе в Telegram.',
  'privacy.support.none': 'У этого бота не указан оператор.',
  'privacy.support.full': 'Не больше трёх сообщений в день: следующее завтра (UTC).',
  'privacy.support.failed': 'Оператор недоступен. Попробуй позже.',
  'privacy.note.from': '💬 Пользователь {id} пишет оператору.',
  'privacy.note.name': 'Ответить: @{name}',
  'privacy.note.no_name': 'Ответить: имени @ нет, открой tg://user?id={id}',
  'privacy.blocks.title': '🚫 Чёрный список: {count} из {limit}',
  'privacy.blocks.body': 'Поиск никогда не сводит тебя с этими игроками.',
  'privacy.blocks.how': 'Добавить соперника можно на его карточке в бою.',
};
