export const arena = {
  'arena.menu.title': '🏛 <b>The arena</b>',
  'arena.menu.character': '<b>{name}</b> · {archetype} · ⚙️ GearScore {gs}',
  'arena.menu.body':
    '{gender, select, other {The sand is raked, the crowd is restless. Are you ready?}}',
  'arena.menu.wounded':
    'Still sore from your last duel — the healer will patch you up before the next.',
  'arena.mode.1v1.button': '⚔️ Duel 1 on 1',
  'arena.mode.1v1.title': '⚔️ <b>Duel 1 on 1</b>',
  'arena.mode.1v1.body':
    'You and one evenly matched opponent. Each round you both choose at once: a zone to strike, two to guard, and a technique if you like.',
  'arena.mode.gs': 'Your GearScore: <b>{gs}</b>',
  'arena.mode.waiting':
    '{count, plural, =0 {Nobody is searching right now.} one {# fighter is searching right now.} other {# fighters are searching right now.}}',
  'arena.search.title': '🔎 <b>Looking for an opponent…</b>',
  'arena.search.window': '⚙️ Looking for GearScore {min}–{max} (±{percent}%). Yours is {gs}.',
  'arena.search.since': '⏱ Search started {at}',
  'arena.search.shadow': '🌑 If nobody comes, you fight your Shadow {at}',
  'arena.search.body':
    'The longer you wait, the wider the search. This screen changes by itself when the duel begins.',
  'arena.found.title': '⚔️ <b>Opponent found!</b>',
  'arena.found.body': 'The gates are opening. This screen changes by itself when the duel begins.',
  'arena.button.search': '⚔️ Find an opponent',
  'arena.button.check': '🔄 Refresh',
  'arena.button.cancel': '✖️ Stop searching',
  'arena.button.back': '⬅️ Back',
  'arena.button.lobby': '👥 Characters',
  'arena.button.help': '❓ Help',
  'arena.button.language': '🌐 Language',
  'arena.notice.fighting': 'Your duel is already on!',
  'arena.notice.already_queued': 'You are already searching.',
  'arena.notice.not_queued': 'You are no longer searching.',
  'arena.notice.no_character': 'Choose a character first.',
  'arena.notice.expired': 'Nobody came in time, so the search has ended. You can search again.',
  'arena.notice.looking': 'Still looking… This screen changes by itself when the duel begins.',
  'arena.notice.too_late': 'Too late: an opponent has been found!',
} as const;
