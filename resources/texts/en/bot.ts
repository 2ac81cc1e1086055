export const bot = {
  'bot.error': '🛠 Something broke on our side. Nothing of yours is lost: tap the button to go on.',
  'bot.away':
    '🗄 Characters cannot be made or saved right now. Nothing of yours is lost: try again in a minute.',
  'bot.resting':
    '⏳ The arena does not answer right now. Nothing of yours is lost: try again in a minute.',
  'bot.updating': '🔧 The arena is being updated. Nothing of yours is lost: try again in a minute.',
  'bot.button.retry': '🔄 Go on',
  'bot.notice.unknown': 'This button does not work any more. Here is the present screen.',
  'bot.notice.doubled': 'Already on it!',
  'bot.notice.use_buttons': 'I understand taps: choose below, or /help.',
  'bot.private_only': 'The arena is fought in private: write to me in a chat of our own.',
  'bot.date': '{year}-{month}-{day} {time} UTC',
  'bot.description':
    'Duels on the sand, tap by tap.\n\nMake a fighter, be matched with somebody of like GearScore within seconds, and outguess him: where will he strike, what will he leave open? Nobody there? Then your own Shadow comes.',
  'bot.short_description':
    'Turn-based duels by tapping: make a fighter, find a match, outguess him.',
  'bot.command.start': 'Begin, or go on where you were',
  'bot.command.menu': 'Show the present screen again',
  'bot.command.history': 'Your last battles, to see again',
  'bot.command.help': 'How to play',
  'bot.command.language': 'Choose the language',
} as const;
