import type { history as english } from '../en/history.ts';

export const history: Readonly<Record<keyof typeof english, string>> = {
  'history.title': '📜 <b>Бои: {name}</b>',
  'history.battle': '{place}. {result} <b>{name}</b> · ⚙️ {gs}',
  'history.battle.about': '      {fought} · {at}',
  'history.battle.exchanges':
    '{count, plural, =0 {до первого раунда} one {# раунд} few {# раунда} many {# раундов} other {# раунда}}',
  'history.battle.damaged': 'запись повреждена',
  'history.result.won': '🏆',
  'history.result.lost': '💀',
  'history.result.drawn': '🤝',
  'history.hint': 'Нажми на номер, чтобы посмотреть бой ещё раз, раунд за раундом.',
  'history.empty.title': '📜 <b>Боёв пока нет</b>',
  'history.empty.body': 'Сразись на дуэли — и здесь её можно будет пересмотреть раунд за раундом.',
  'history.replay.title': '🎞 <b>Повтор</b> · раунд {turn} из {count}',
  'history.replay.title.end':
    '🎞 <b>Повтор</b> · конец, {count, plural, =0 {до первого раунда} one {после # раунда} few {после # раундов} many {после # раундов} other {после # раунда}}',
  'history.replay.between': '{own} ⚔️ {opponent}',
  'history.replay.at': '{at}',
  'history.button': '📜 Бои',
  'history.button.replay': '{place}',
  'history.button.newer': '◀️ Новее',
  'history.button.older': 'Старее ▶️',
  'history.button.first': '⏮',
  'history.button.history': '📜 К истории боёв',
  'history.button.back': '◀️',
  'history.button.on': '▶️',
  'history.button.last': '⏭',
  'history.button.nowhere': '·',
  'history.notice.away': 'Историю боёв сейчас не открыть. Попробуй чуть позже.',
  'history.notice.unknown': 'Такого боя в истории нет.',
  'history.notice.damaged': 'Эта запись повреждена: бой показать нельзя.',
};
