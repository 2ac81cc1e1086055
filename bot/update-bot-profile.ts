import type { Api } from 'grammy';
import type { Command } from '../domains/core/feature.ts';
import type { Log } from '../domains/core/log.ts';
import { text } from '../domains/core/text.ts';
import { languages } from '../resources/texts/index.ts';
import { factsOf } from './api-errors.ts';
import { Translator } from './translator.ts';

/**
 * Sets the command menu and the bot's descriptions in every language, with English for all others.
 * Telegram limits how often they are set, so only changed ones are. Never rejects.
 */
export async function updateBotProfile(
  api: Api,
  { commands, log }: { readonly commands: readonly Command[]; readonly log: Log },
): Promise<void> {
  try {
    await updateIn(api, new Translator('en', { clientTime: false }), { commands, scope: {} });
    for (const language of languages) {
      const translator = new Translator(language, { clientTime: false });
      await updateIn(api, translator, { commands, scope: { language_code: language } });
    }
  } catch (error) {
    log.warn(factsOf(error), 'bot profile update failed');
  }
}

interface Profile {
  readonly commands: readonly Command[];
  readonly scope: Parameters<Api['getMyDescription']>[0];
}

async function updateIn(api: Api, translator: Translator, profile: Profile): Promise<void> {
  const { scope = {} } = profile;
  const commands = profile.commands.map(({ name, description }) => ({
    command: name,
    description: translator.plain(text(description)),
  }));
  const description = translator.plain(text('bot.description'));
  const short = translator.plain(text('bot.short_description'));
  const known = await api.getMyCommands(scope);
  if (JSON.stringify(known) !== JSON.stringify(commands)) await api.setMyCommands(commands, scope);
  if ((await api.getMyDescription(scope)).description !== description)
    await api.setMyDescription(description, scope);
  if ((await api.getMyShortDescription(scope)).short_description !== short)
    await api.setMyShortDescription(short, scope);
}
