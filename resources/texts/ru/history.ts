import type { history as english } from '../en/history.ts';

export const history: Readonly<Record<keyof typeof english, string>> = {
  'history.title': '📜 <b>Бои: {name}</b>',
  'history.battle': '{place}. {result} <b>{name}</b> · ⚙️ {gs}',
  'history.battle.about': '      {fought} · {at}',
  'history.battle.exchanges':
    '{count, plural, =0 {ни одного размена} one {# размен} few {# размена} many {# разменов} other {# размена}}',
  'history.battle.damaged': 'страница повреждена',
  'history.result.won': '🏆',
  'history.result.lost': '💀',
  'history.result.drawn': '🤝',
  'history.hint': 'Нажми на номер, чтобы увидеть бой ещё раз, размен за разменом.',
  'history.empty.title': '📜 <b>Боёв пока нет</b>',
  'history.empty.body':
    'Твоя страница в летописи ещё чиста. Сразись на дуэли — и её можно будет увидеть здесь снова, размен за разменом.',
  'history.replay.title': '🎞 <b>Повтор</b> · размен {turn} из {count}',
  'history.replay.title.end':
    '🎞 <b>Повтор</b> · конец, {count, plural, =0 {ни одного размена} one {# размен} few {# размена} many {# разменов} other {# размена}} позади',
  'history.replay.between': '{own} ⚔️ {opponent} · {at}',
  'history.replay.move': '<b>{name}</b> · 🗡 {strike} · 🛡 {guard}',
  'history.replay.move.technique': '<b>{name}</b> · 🗡 {strike} · 🛡 {guard} · ✨ {technique}',
  'history.button': '📜 История боёв',
  'history.button.replay': '{place}',
  'history.button.newer': '◀️ Новее',
  'history.button.older': 'Старее ▶️',
  'history.button.first': '⏮',
  'history.button.history': '📜 К истории боёв',
  'history.button.back': '◀️',
  'history.button.on': '▶️',
  'history.button.last': '⏭',
  'history.button.nowhere': '·',
  'history.notice.away': 'Летопись сейчас не прочесть. Попробуй ещё раз чуть позже.',
  'history.notice.unknown': 'Летопись не знает такого боя.',
  'history.notice.damaged': 'Эта страница летописи повреждена: бой показать нельзя.',
};
