import { run } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { Pool } from 'undici';
import { z } from 'zod';
import { startArena } from '../../bot/start-arena.ts';
import { openRepositories } from '../../bot/open-repositories.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock } from '../../bot/system.ts';
import { openTransport } from '../../bot/transport.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import { vitalsFor } from '../../domains/account/vitals.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { memoryRepositories } from '../../tests/support/memory-repositories.ts';
import { silentLog } from '../../tests/support/silent-log.ts';

/** The bot process that the taps benchmark starts, with its options as JSON. */
const botKinds = ['arena', 'minimal, our fetch', 'minimal, its own fetch', 'bare'] as const;

const optionsSchema = z.object({
  kind: z.enum(botKinds),
  token: z.string(),
  apiRoot: z.string(),
  redisUrl: z.string(),
  userIds: z.array(z.number()),
  /** Of the embedded database; null: users and characters are kept in memory. */
  dataDir: z.string().nullable().default(null),
  /** The screens that the minimal bots answer with, by callback data. */
  screens: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type BotOptions = z.input<typeof optionsSchema>;

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));

interface Tap {
  readonly id: string;
  readonly data?: string;
  readonly from: { readonly id: number };
  readonly message?: { readonly message_id: number };
}

const callsFor = ({ id, data, from, message }: Tap) =>
  [
    ['answerCallbackQuery', { callback_query_id: id }],
    [
      'editMessageText',
      { ...options.screens[data ?? ''], chat_id: from.id, message_id: message?.message_id ?? 0 },
    ],
  ] as const;

async function startWholeBot(): Promise<void> {
  const { token, apiRoot, redisUrl, userIds } = options;
  const { dataDir } = options;
  const env = { BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, REDIS_URL: redisUrl };
  const settings = readSettings({ ...env, ...(dataDir === null ? {} : { DATA_DIR: dataDir }) });
  const log = silentLog;
  const repositories =
    dataDir === null
      ? memoryRepositories()
      : (await openRepositories(settings, { log, clock: systemClock })).repositories;
  const { attributes } = archetypeNumbers.warrior;
  const person = { gender: 'female', archetype: 'warrior', attributes } as const;
  const sheet = {
    skills: characterSheet({ archetype: 'warrior' }).skills,
    vitals_snapshot: vitalsFor(attributes),
  };
  const createdAt = new Date(0).toISOString();
  for (const userId of userIds) {
    const names = { firstName: `Player ${userId}`, lastName: null, username: null };
    await repositories.users.registerUser({ userId, ...names, language: 'en' });
    const made = await repositories.characters.createShell({ userId, createdAt, limit: 4 });
    if (made.kind !== 'created') throw new Error(`No character for ${userId}`);
    const { character_id: charId } = made.character;
    await repositories.characters.setName(charId, `Fighter ${charId}`);
    await repositories.characters.update(charId, { ...person, ...sheet });
    await repositories.users.setActiveCharacter(userId, charId);
  }
  await startArena(settings, { log, repositories });
}

async function startMinimalBot(): Promise<void> {
  const { token, apiRoot } = options;
  const { fetch } = openTransport(apiRoot);
  const client = options.kind === 'minimal, our fetch' ? { apiRoot, fetch } : { apiRoot };
  const bot = new Bot(token, { client });
  const [first] = Object.values(options.screens);
  bot.on('message', (ctx) => ctx.api.raw.sendMessage({ ...screenOf(first), chat_id: ctx.from.id }));
  bot.on('callback_query', async ({ api, callbackQuery }) => {
    const [[, answer], [, edit]] = callsFor(callbackQuery);
    await Promise.all([
      api.raw.answerCallbackQuery(answer),
      api.raw.editMessageText({ ...screenOf(edit), ...edit }),
    ]);
  });
  await bot.init();
  run(bot);
}

/** The limit of the sandbox: bare HTTP calls. */
async function startBare(): Promise<void> {
  const pool = new Pool(options.apiRoot, { connections: 300 });
  const headers = { 'content-type': 'application/json' };
  const call = async (method: string, body: unknown): Promise<unknown> => {
    const path = `/bot${options.token}/${method}`;
    const reply = await pool.request({ path, method: 'POST', headers, body: JSON.stringify(body) });
    return reply.body.json();
  };
  const [first] = Object.values(options.screens);
  const ready = call('getMe', {});
  void (async () => {
    for (let offset = 0; ;) {
      const updates = updatesSchema.parse(await call('getUpdates', { offset, timeout: 30 }));
      for (const { update_id: id, message, callback_query: tap } of updates.result) {
        offset = id + 1;
        if (message !== undefined) void call('sendMessage', { ...first, chat_id: message.from.id });
        if (tap === undefined) continue;
        for (const [method, body] of callsFor(tap)) void call(method, body);
      }
    }
  })();
  await ready;
}

const fromSchema = z.object({ id: z.number() });
const updatesSchema = z.object({
  result: z.array(
    z.object({
      update_id: z.number(),
      message: z.object({ from: fromSchema }).optional(),
      callback_query: z
        .object({
          id: z.string(),
          data: z.string(),
          from: fromSchema,
          message: z.object({ message_id: z.number() }),
        })
        .optional(),
    }),
  ),
});

function screenOf(fields: Readonly<Record<string, unknown>> | undefined): { text: string } {
  return { text: '', ...fields };
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuUs: user + system });
});
process.on('disconnect', () => process.exit(0));
if (options.kind === 'arena') await startWholeBot();
else if (options.kind === 'bare') await startBare();
else await startMinimalBot();
process.send?.({ cpuUs: 0 });
