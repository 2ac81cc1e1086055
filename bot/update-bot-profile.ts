import type { Api } from 'grammy';
import type { Command } from '../domains/core/feature.ts';
import type { Log } from '../domains/core/log.ts';
import { text } from '../domains/core/text.ts';
import { type Language, languages } from '../resources/texts/index.ts';
import { factsOf } from './api-errors.ts';
import { Translator } from './translator.ts';

/**
 * Fills the command menu and what strangers read about the bot, in every language; English for all
 * others. Telegram limits how often these are set, so only what is different is. A failure costs
 * nothing but the words.
 */
export async function updateBotProfile(
  api: Api,
  { commands, log }: { readonly commands: readonly Command[]; readonly log: Log },
): Promise<void> {
  try {
    const introduceIn = introducer(api, commands);
    await introduceIn('en', {});
    for (const language of languages) {
      await introduceIn(language, { language_code: language });
    }
  } catch (error) {
    log.warn(factsOf(error), 'the commands and descriptions could not be set');
  }
}

type For = { readonly language_code?: Language };

function introducer(api: Api, all: readonly Command[]) {
  return async (language: Language, whom: For): Promise<void> => {
    const commands = commandsIn(language, all);
    const [description, shortDescription] = descriptionsIn(language);
    const known = await api.getMyCommands(whom);
    if (JSON.stringify(known) !== JSON.stringify(commands)) await api.setMyCommands(commands, whom);
    if ((await api.getMyDescription(whom)).description !== description)
      await api.setMyDescription(description, whom);
    if ((await api.getMyShortDescription(whom)).short_description !== shortDescription)
      await api.setMyShortDescription(shortDescription, whom);
  };
}

function descriptionsIn(language: Language): [string, string] {
  const translator = new Translator(language, { clientTime: false });
  const words = (key: 'bot.description' | 'bot.short_description') => translator.plain(text(key));
  return [words('bot.description'), words('bot.short_description')];
}

function commandsIn(language: Language, commands: readonly Command[]) {
  const translator = new Translator(language, { clientTime: false });
  return commands.map(({ name, description }) => ({
    command: name,
    description: translator.plain(text(description)),
  }));
}
