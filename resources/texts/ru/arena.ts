import type { arena as english } from '../en/arena.ts';

export const arena: Readonly<Record<keyof typeof english, string>> = {
  'arena.menu.title': '🏛 <b>Арена</b>',
  'arena.menu.character': '<b>{name}</b> · {archetype} · ⚙️ мощь {gs}',
  'arena.menu.body':
    'Песок разровнен, трибуны шумят. {gender, select, female {Ты готова?} male {Ты готов?} other {В бой?}}',
  'arena.menu.wounded':
    'Раны не зажили. На дуэль лекарь арены даёт полное здоровье, а после неё раны вернутся.',
  'arena.mode.1v1.button': '⚔️ Дуэль один на один',
  'arena.mode.1v1.title': '⚔️ <b>Дуэль один на один</b>',
  'arena.mode.1v1.body':
    'Ты и один равный соперник. Каждый раунд оба выбирают одновременно: куда бить, какие две зоны прикрыть и не пустить ли в ход приём.',
  'arena.mode.gs': 'Твоя мощь: <b>{gs}</b>',
  'arena.mode.waiting':
    '{count, plural, =0 {Сейчас никто не ищет соперника.} one {Сейчас соперника ищет # боец.} few {Сейчас соперника ищут # бойца.} many {Сейчас соперника ищут # бойцов.} other {Сейчас соперника ищут # бойца.}}',
  'arena.search.title': '🔎 <b>Ищем соперника…</b>',
  'arena.search.window': '⚙️ Подходят соперники с мощью {min}–{max} (±{percent} %). Твоя — {gs}.',
  'arena.search.since': '⏱ Поиск начат {at}',
  'arena.search.shadow': '🌑 Если никто не придёт, {at} выйдет твоя Тень',
  'arena.search.body':
    'Чем дольше ждёшь, тем шире поиск. Когда дуэль начнётся, экран сменится сам.',
  'arena.found.title': '⚔️ <b>Соперник найден!</b>',
  'arena.found.body': 'Ворота открываются. Когда дуэль начнётся, экран сменится сам.',
  'arena.button.search': '⚔️ Найти соперника',
  'arena.button.check': '🔄 Обновить',
  'arena.button.cancel': '✖️ Прекратить поиск',
  'arena.button.back': '⬅️ Назад',
  'arena.button.lobby': '👥 Персонажи',
  'arena.button.help': '❓ Помощь',
  'arena.button.language': '🌐 Язык',
  'arena.notice.fighting': 'Твой бой уже идёт!',
  'arena.notice.already_queued': 'Поиск уже идёт.',
  'arena.notice.not_queued': 'Поиск уже прекращён.',
  'arena.notice.no_character': 'Сначала выбери персонажа.',
  'arena.notice.expired': 'Соперника не нашлось, поиск закончен. Можно начать его снова.',
  'arena.notice.draining':
    'Арена скоро обновится: новых боёв пока нет, начатые доигрываются. Загляни через несколько минут.',
  'arena.notice.looking': 'Всё ещё ищем… Когда дуэль начнётся, экран сменится сам.',
  'arena.notice.too_late': 'Поздно: соперник уже найден!',
  'arena.paused.title': '⏸ <b>Перерыв в дуэлях</b>',
  'arena.paused.why':
    'Из последних {count, plural, one {# дуэли} few {# дуэлей} many {# дуэлей} other {# дуэли}} больше одной закончилось твоим уходом: время вышло без хода, или сдача в первые {turns, plural, one {# раунд} few {# раунда} many {# раундов} other {# раунда}}. А соперники пришли сражаться.',
  'arena.paused.until': '⏳ Искать соперника снова можно {at}.',
  'arena.paused.body':
    'Тренировка с Тенью открыта. Чем больше дуэлей до конца, тем короче следующий перерыв, а потом его не будет вовсе.',
  'arena.button.train': '🌑 Тренировка с Тенью',
  'arena.button.shadow': '🌑 Сразиться с Тенью сейчас',
  'arena.search.busy':
    '👥 {searching, plural, one {Соперника ищет # боец} few {Соперника ищут # бойца} many {Соперника ищут # бойцов} other {Соперника ищут # бойца}}, {duels, plural, =0 {дуэлей сейчас нет} one {идёт # дуэль} few {идут # дуэли} many {идёт # дуэлей} other {идёт # дуэли}}.',
  'arena.search.forecast':
    '📊 За последний час: в {percent} % поисков человек приходит раньше Тени, обычно через {wait}.',
  'arena.search.forecast.shadow': '📊 За последний час все поиски закончились боем с Тенью.',
  'arena.search.forecast.few': '📊 Сейчас мало людей: возможно, первой придёт Тень.',
  'arena.search.wait.seconds':
    '{seconds, plural, one {# секунду} few {# секунды} many {# секунд} other {# секунды}}',
  'arena.search.wait.minutes':
    '{minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}',
  'arena.training.title': '🌑 <b>Тренировка с Тенью</b>',
  'arena.training.body':
    'Ждать не нужно, и рисковать нечем: на рейтинг тренировка не влияет. Чем больше боёв за плечами, тем сильнее Тень, которую можно вызвать.',
  'arena.training.level.novice': 'Новичок',
  'arena.training.level.apprentice': 'Ученик',
  'arena.training.level.master': 'Мастер',
  'arena.training.about': '🌑 <b>{level}</b>: {about}.',
  'arena.training.about.novice': 'бьёт наугад и не знает приёмов',
  'arena.training.about.apprentice':
    'изредка пускает в ход приёмы и чаще бьёт в одно и то же место',
  'arena.training.about.master': 'следит за твоими последними ходами и отвечает на них',
  'arena.training.handicap': 'Твоя фора: в начале у Тени {percent} % здоровья.',
  'battle.result.training': 'Тренировка: на рейтинг этот бой не влияет.',
  'battle.result.training.learns': 'Тренировка не влияет на рейтинг, но Тень учится.',
  'battle.result.train_again': '🌑 Ещё тренировка',
  'battle.hint.guard.head-chest': '💡 Тень дважды закрывала голову и грудь: бей в живот.',
  'battle.hint.guard.chest-belly': '💡 Тень дважды закрывала грудь и живот: бей в голову.',
  'battle.hint.guard.belly-legs': '💡 Тень дважды закрывала живот и ноги: бей в грудь.',
  'battle.hint.strike.head': '💡 Тень дважды била в открытую голову: прикрой её.',
  'battle.hint.strike.chest': '💡 Тень дважды била в открытую грудь: прикрой её.',
  'battle.hint.strike.belly': '💡 Тень дважды била в открытый живот: прикрой его.',
  'battle.hint.strike.legs': '💡 Тень дважды била по открытым ногам: прикрой их.',
};
