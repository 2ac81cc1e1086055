export const bot = {
  'bot.error': '🛠 Something broke on our side. Your progress is safe: tap the button to continue.',
  'bot.away':
    '🗄 Characters cannot be created or saved right now. Your progress is safe: try again in a minute.',
  'bot.resting':
    '⏳ The arena is not responding right now. Your progress is safe: try again in a minute.',
  'bot.updating': '🔧 The arena is being updated. Your progress is safe: try again in a minute.',
  'bot.button.retry': '🔄 Continue',
  'bot.notice.unknown': 'This button no longer works. Here’s the current screen.',
  'bot.notice.doubled': 'Already on it!',
  'bot.notice.use_buttons': 'I only understand the buttons below — or /help.',
  'bot.private_only': 'Duels happen in private: message me directly.',
  'bot.report.reader': '👁 <i>Screen of {name}</i>',
  'bot.date': '{year}-{month}-{day} {time} UTC',
  'bot.description':
    'Turn-based duels, two taps a round.\n\nCreate a fighter, get matched in seconds and outguess your opponent: where will they strike, what will they leave open? Nobody around? Then you fight your own Shadow.',
  'bot.short_description':
    'Turn-based duels, two taps a round: create a fighter, get matched, outguess your opponent.',
  'bot.command.start': 'Start, or pick up where you left off',
  'bot.command.menu': 'Show the current screen',
  'bot.command.bag': 'Your gear and the shop',
  'bot.command.world': 'Walk the world',
  'bot.command.history': 'Replay your recent battles',
  'bot.command.top': 'The best of the season',
  'bot.command.season': 'Your season and your past ones',
  'bot.command.me': 'Your rating, record and achievements',
  'bot.command.help': 'How to play',
  'bot.command.mute': 'Turn off the emotes of opponents',
  'bot.command.language': 'Choose the language',
  'bot.command.privacy': 'What is stored about you',
  'bot.command.mydata': 'Get your data as a file',
  'bot.command.forgetme': 'Erase your data',
  'bot.command.support': 'Write to the operator',
} as const;
