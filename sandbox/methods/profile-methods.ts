import { badRequest } from '../errors/api-error.ts';
import { countCodePoints } from '../text/compose-text.ts';
import type { BotCommand, ProfileText } from '../world/bot-profile.ts';
import { readScope } from './command-scope.ts';
import { isJsonObject, requiredText, within } from './json-fields.ts';
import { defineMethod } from './method.ts';
import type { Method, MethodCall } from './method.ts';

const MOST_COMMANDS = 100;
const LONGEST_COMMAND = 32;
const LONGEST_COMMAND_DESCRIPTION = 256;

export const profileMethods = [
  defineMethod('getMe', '', ({ world }) => world.bot.fullJson()),
  defineMethod('setMyCommands', 'commands scope language_code', (call) => {
    const commands = readCommands(call);
    call.world.profile.setCommands(readScope(call), readLanguage(call), commands);
    return true;
  }),
  defineMethod('deleteMyCommands', 'scope language_code', (call) => {
    call.world.profile.setCommands(readScope(call), readLanguage(call), []);
    return true;
  }),
  defineMethod('getMyCommands', 'scope language_code', (call) =>
    call.world.profile.commands(readScope(call), readLanguage(call)),
  ),
  ...profileText('name', { method: 'MyName', field: 'name', longest: 64 }),
  ...profileText('description', { method: 'MyDescription', field: 'description', longest: 512 }),
  ...profileText('shortDescription', {
    method: 'MyShortDescription',
    field: 'short_description',
    longest: 120,
  }),
];

interface ProfileField {
  readonly method: string;
  readonly field: string;
  readonly longest: number;
}

/** A setter and a getter. Telegram's error for a text that is too long is not known. */
function profileText(kind: ProfileText, { method, field, longest }: ProfileField): Method[] {
  return [
    defineMethod(`set${method}`, `${field} language_code`, (call) => {
      const text = call.parameters.text(field).trim();
      if (countCodePoints(text) > longest) throw badRequest(`${field} is too long`);
      call.world.profile.setText(kind, readLanguage(call), text);
      return true;
    }),
    defineMethod(`get${method}`, 'language_code', (call) => ({
      [field]: call.world.profile.text(kind, readLanguage(call)),
    })),
  ];
}

function readLanguage({ parameters }: MethodCall): string {
  const language = parameters.text('language_code');
  if (!/^(?:[a-z]{2})?$/.test(language)) throw badRequest('Invalid language code specified');
  return language;
}

function readCommands({ parameters }: MethodCall): BotCommand[] {
  const value = parameters.json('commands', () => badRequest("Can't parse commands JSON object"));
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest('Expected an Array of BotCommand');
  const commands = value.map((command: unknown) =>
    within("Can't parse BotCommand", () => {
      if (!isJsonObject(command)) throw badRequest('expected an Object');
      return {
        command: requiredText(command, 'command').trim().replace(/^\//, ''),
        description: requiredText(command, 'description').trim(),
      };
    }),
  );
  for (const command of commands) checkCommand(command);
  if (commands.length > MOST_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  return commands;
}

function checkCommand({ command, description }: BotCommand): void {
  if (command === '') throw badRequest('Command must be non-empty');
  if (countCodePoints(command) > LONGEST_COMMAND) {
    throw badRequest(`Command length must not exceed ${LONGEST_COMMAND}`);
  }
  if (description === '') throw badRequest('Command description must be non-empty');
  if (countCodePoints(description) > LONGEST_COMMAND_DESCRIPTION) {
    throw badRequest(`Command description length must not exceed ${LONGEST_COMMAND_DESCRIPTION}`);
  }
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
}
