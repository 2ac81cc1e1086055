import type { combat as english } from '../en/combat.ts';

export const combat: Readonly<Record<keyof typeof english, string>> = {
  'combat.zone.head': 'Голова',
  'combat.zone.chest': 'Грудь',
  'combat.zone.belly': 'Живот',
  'combat.zone.legs': 'Ноги',
  'combat.into.head': 'в голову',
  'combat.into.chest': 'в грудь',
  'combat.into.belly': 'в живот',
  'combat.into.legs': 'по ногам',
  'combat.guard.head-chest': 'Голова + грудь',
  'combat.guard.chest-belly': 'Грудь + живот',
  'combat.guard.belly-legs': 'Живот + ноги',

  'combat.technique.crushing_blow.name': 'Сокрушение',
  'combat.technique.crushing_blow.hint':
    'защита почти не держит этот удар, и его не парировать, но бьёшь последним',
  'combat.technique.onslaught.name': 'Натиск',
  'combat.technique.onslaught.hint': 'удар намного сильнее, но без собственной защиты',
  'combat.technique.war_cry.name': 'Боевой клич',
  'combat.technique.war_cry.hint':
    'сейчас удар слабее, зато три следующих размена в ярости, а враг может дрогнуть',
  'combat.technique.feint.name': 'Финт',
  'combat.technique.feint.hint':
    'целься туда, где защита, — удар придётся в открытое место; если защиты там не было, он слабее',
  'combat.technique.riposte.name': 'Рипост',
  'combat.technique.riposte.hint':
    'удар слабее, зато всё, что попадёт в твою защиту, парируешь и бьёшь в ответ',
  'combat.technique.mirage.name': 'Мираж',
  'combat.technique.mirage.hint': 'в этом размене по тебе очень трудно попасть',
  'combat.technique.shield_wall.name': 'Стена щитов',
  'combat.technique.shield_wall.hint': 'прикрыты все четыре зоны, но удар слабее',
  'combat.technique.shield_bash.name': 'Удар щитом',
  'combat.technique.shield_bash.hint': 'почти не знает промаха, продавливает защиту и оглушает',
  'combat.technique.retribution.name': 'Возмездие',
  'combat.technique.retribution.hint': 'чем больше здоровья потеряно, тем сильнее удар',
  'combat.technique.flame_blade.name': 'Пламенный клинок',
  'combat.technique.flame_blade.hint':
    'жгучий удар: увернуться трудно, парировать нельзя, защита держит лишь половину',
  'combat.technique.foresight.name': 'Предвидение',
  'combat.technique.foresight.hint': 'защита сама встаёт туда, куда целит враг, но удар слабее',
  'combat.technique.siphon.name': 'Иссушение',
  'combat.technique.siphon.hint':
    'удар в открытую зону отнимает у врага здоровье и выносливость в твою пользу',
  'combat.technique.breath.name': 'Передышка',
  'combat.technique.breath.hint': 'удар слабее, зато возвращаются выносливость и мана',

  'combat.event.crowd': '📣 Трибуны ревут: теперь каждый размен больнее прежнего.',
  'combat.event.stance.war_cry': '😤 <b>{name}</b> издаёт боевой клич: ярость!',
  'combat.event.stance.riposte': '🤺 <b>{name}</b> ждёт удара, чтобы ответить.',
  'combat.event.stance.mirage': '🌫 <b>{name}</b> расплывается миражом.',
  'combat.event.stance.shield_wall': '🧱 <b>{name}</b> уходит за стену щитов.',
  'combat.event.stance.foresight': '🔮 <b>{name}</b> видит удар раньше, чем он нанесён.',
  'combat.event.stance.breath': '😮‍💨 <b>{name}</b> переводит дух: +{stamina} ⚡ +{mp} 🔷',
  'combat.event.named': '«{technique}»',
  'combat.event.feinted': '«{technique}» {from}, но нет —',
  'combat.event.hit.1': '🗡 <b>{name}</b> бьёт {into}: −{amount} ❤️{drained}{effect}',
  'combat.event.hit.2': '🗡 <b>{name}</b> попадает {into}: −{amount} ❤️{drained}{effect}',
  'combat.event.hit.3': '🗡 <b>{opponent}</b> пропускает удар {into}: −{amount} ❤️{drained}{effect}',
  'combat.event.hit.technique':
    '🗡 <b>{name}</b>: {technique} {into}! −{amount} ❤️{drained}{effect}',
  'combat.event.crit.1': '💥 <b>{name}</b> бьёт со всей силы {into}: −{amount} ❤️{drained}{effect}',
  'combat.event.crit.2':
    '💥 Вот это удар! <b>{name}</b> попадает {into}: −{amount} ❤️{drained}{effect}',
  'combat.event.crit.3':
    '💥 Страшный удар {into}, <b>{opponent}</b> шатается: −{amount} ❤️{drained}{effect}',
  'combat.event.crit.technique':
    '💥 <b>{name}</b>: {technique} {into}, со всей силы! −{amount} ❤️{drained}{effect}',
  'combat.event.block.1':
    '🛡 <b>{name}</b> бьёт {into}, <b>{opponent}</b> держит защиту: −{amount} ❤️',
  'combat.event.block.2': '🛡 <b>{opponent}</b> принимает на защиту удар {into}: −{amount} ❤️',
  'combat.event.block.3': '🛡 Удар {into}, но <b>{opponent}</b> этого ждёт: −{amount} ❤️',
  'combat.event.block.technique':
    '🛡 <b>{name}</b>: {technique} {into}, <b>{opponent}</b> держит защиту: −{amount} ❤️',
  'combat.event.parry.1': '⚔️ <b>{opponent}</b> парирует удар {into}.',
  'combat.event.parry.2': '⚔️ <b>{name}</b> бьёт {into}, <b>{opponent}</b> отводит клинок.',
  'combat.event.parry.3': '⚔️ Удар {into}, сталь звенит о сталь: <b>{opponent}</b> парирует.',
  'combat.event.parry.technique':
    '⚔️ <b>{name}</b>: {technique} {into}, но <b>{opponent}</b> парирует.',
  'combat.event.dodge.1': '💨 <b>{opponent}</b> уходит от удара {into}.',
  'combat.event.dodge.2': '💨 <b>{name}</b> бьёт {into}, но <b>{opponent}</b> уже в стороне.',
  'combat.event.dodge.3': '💨 Удар {into}, и <b>{opponent}</b> уворачивается.',
  'combat.event.dodge.technique':
    '💨 <b>{name}</b>: {technique} {into}, но <b>{opponent}</b> уходит от удара.',
  'combat.event.miss.1': '💢 <b>{name}</b> бьёт {into} — мимо.',
  'combat.event.miss.2': '💢 <b>{name}</b> метит {into} и промахивается.',
  'combat.event.miss.3': '💢 <b>{name}</b> целит {into} и рассекает воздух.',
  'combat.event.miss.technique': '💢 <b>{name}</b>: {technique} {into} — мимо.',
  'combat.event.drained': ' (бьющему +{amount} ❤️)',
  'combat.event.counter.1': '↩️ <b>{name}</b> тут же отвечает: −{amount} ❤️',
  'combat.event.counter.2': '↩️ <b>{name}</b> бьёт в ответ: −{amount} ❤️',
  'combat.event.counter.3': '↩️ И сразу ответ, бьёт <b>{name}</b>: −{amount} ❤️',
  'combat.event.mark': '🌀{effect}',
  'combat.event.effect.dazed': ' <b>{opponent}</b> видит искры.',
  'combat.event.effect.winded': ' <b>{opponent}</b> ловит воздух ртом.',
  'combat.event.effect.hobbled': ' <b>{opponent}</b> хромает.',
  'combat.event.effect.daunted': ' <b>{opponent}</b> теряет кураж.',
  'combat.event.end.knockout': '☠️ <b>{opponent}</b> падает на песок. Победа: <b>{name}</b>!',
  'combat.event.end.surrender': '🏳️ <b>{opponent}</b> сдаётся. Победа: <b>{name}</b>!',
  'combat.event.end.idle': '💤 <b>{opponent}</b> покидает дуэль. Победа: <b>{name}</b>!',
  'combat.event.end.turn_limit': '⌛ Время вышло. Здоровья осталось больше, победа: <b>{name}</b>!',
  'combat.event.end.draw': '🤝 Не побеждает никто: ничья.',
};
