export const bot = {
  'bot.error': '🛠 Something broke on our side. Nothing of yours is lost: tap the button to go on.',
  'bot.button.retry': '🔄 Go on',
  'bot.notice.unknown': 'This button does not work any more. Here is the present screen.',
  'bot.notice.doubled': 'Already on it!',
  'bot.private_only': 'The arena is fought in private: write to me in a chat of our own.',
  'bot.command.start': 'Begin, or go on where you were',
  'bot.command.menu': 'Show the present screen again',
  'bot.command.help': 'How to play',
  'bot.command.language': 'Choose the language',
} as const;
