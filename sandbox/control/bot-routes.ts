import type { BotCommand } from '../world/bot-profile.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './control-error.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

/** The bot as a client shows it. */
export const BOT_ROUTES: readonly Route[] = [
  route('GET', '/bot', ({ context: { world }, query }) => {
    const language = query.get('language') ?? '';
    if (!/^(?:[a-z]{2})?$/.test(language)) throw new ControlError(400, 'language has two letters');
    const name = world.profile.text('name', language);
    return {
      id: world.bot.id,
      name: name === '' ? world.bot.firstName : name,
      username: world.bot.username,
      isStarted: world.isBotStarted,
      description: world.profile.text('description', language),
      shortDescription: world.profile.text('shortDescription', language),
      commands: commandsFor(world, { language, chatId: query.get('person') }),
    };
  }),
];

interface Reader {
  readonly language: string;
  /** Null for the commands of all private chats. */
  readonly chatId: string | null;
}

/** The commands of the narrowest scope that has any; in each scope the language of the reader comes first. */
function commandsFor({ profile }: World, { language, chatId }: Reader): readonly BotCommand[] {
  const narrow = chatId === null ? [] : [`chat:${chatId}`];
  const scopes = [...narrow, 'all_private_chats', 'default'];
  const lists = scopes.flatMap((scope) => [
    profile.commands(scope, language),
    profile.commands(scope, ''),
  ]);
  return lists.find((commands) => commands.length > 0) ?? [];
}
