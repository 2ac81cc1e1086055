import type { Api } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { text } from '../domains/core/text.ts';
import { type Language, languages } from '../resources/texts/index.ts';
import { factsOf } from './api-errors.ts';
import { Translator } from './translator.ts';

const names = ['start', 'menu', 'help', 'language'] as const;

/** Fills the command menu in every language; English for all others. A failure costs only the menu. */
export async function announceCommands(api: Api, log: Log): Promise<void> {
  try {
    await api.setMyCommands(commandsIn('en'));
    for (const language of languages) {
      await api.setMyCommands(commandsIn(language), { language_code: language });
    }
  } catch (error) {
    log.warn(factsOf(error), 'the command menu could not be set');
  }
}

function commandsIn(language: Language) {
  const translator = new Translator(language, { clientTime: false });
  return names.map((command) => ({
    command,
    description: translator.plain(text(`bot.command.${command}`)),
  }));
}
