export const arena = {
  'arena.menu.title': '🏛 <b>The arena</b>',
  'arena.menu.character': '<b>{name}</b> · ⚙️ GearScore {gs}',
  'arena.menu.body': 'The sand is raked, the crowd is restless. How will you fight?',
  'arena.menu.wounded':
    'You are still sore from the last duel. The healer will have you whole before the next one.',
  'arena.mode.1v1.button': '⚔️ Duel 1 on 1',
  'arena.mode.1v1.title': '⚔️ <b>Duel 1 on 1</b>',
  'arena.mode.1v1.body':
    'You and one opponent of like strength. Each turn both choose at once: a zone to strike, two to guard, and perhaps a technique.',
  'arena.mode.gs': 'Your GearScore: <b>{gs}</b>',
  'arena.mode.waiting':
    '{count, plural, =0 {Nobody is searching just now.} one {# fighter is searching now.} other {# fighters are searching now.}}',
  'arena.search.title': '🔎 <b>Looking for an opponent…</b>',
  'arena.search.window':
    'Your GearScore is {gs}; opponents from {min} to {max} suit you now (±{percent} %).',
  'arena.search.since': '⏱ Search began: {at}',
  'arena.search.shadow': '🌑 If nobody comes, your Shadow does: {at}',
  'arena.search.body':
    'The range widens as you wait. This screen changes by itself when the duel begins.',
  'arena.found.title': '⚔️ <b>An opponent has been found!</b>',
  'arena.found.body': 'The gates are opening. This screen changes by itself when the duel begins.',
  'arena.button.search': '🔎 Find an opponent',
  'arena.button.check': '🔄 Check',
  'arena.button.cancel': '✖️ Stop searching',
  'arena.button.back': '⬅️ Back',
  'arena.button.lobby': '👥 Characters',
  'arena.button.help': '❓ Help',
  'arena.button.language': '🌐 Language',
  'arena.notice.fighting': 'Your duel is already on!',
  'arena.notice.already_queued': 'You are already searching.',
  'arena.notice.not_queued': 'You are not searching any more.',
  'arena.notice.no_character': 'Enter a character first.',
  'arena.notice.expired': 'Nobody came in time, and the search has ended. You can search again.',
  'arena.notice.looking': 'Looking around… This screen changes by itself when the duel begins.',
  'arena.notice.too_late': 'Too late: an opponent has been found!',
} as const;
