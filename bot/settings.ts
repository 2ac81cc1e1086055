import { z } from 'zod';
import { REQUEST_TTL, SHADOW_AFTER_S, WIDENING } from '../resources/numbers/arena.ts';
import { SEASON_WEEKS } from '../resources/numbers/rating.ts';
import { type Variables, isPlatformVariable } from './environment.ts';
import { isLoopback } from './is-loopback.ts';
import { StartError } from './start-error.ts';

/** What a process does; several processes may share the work. */
export const parts = ['updates', 'waves', 'timers'] as const;
export type Part = (typeof parts)[number];

const number = (least: number, most: number) => {
  const wanted = `takes a number from ${least} to ${most}`;
  return z.coerce.number(wanted).min(least, wanted).max(most, wanted);
};
const seconds = (fallback: number, least: number, most: number) =>
  number(least, most).default(fallback);
const port = (fallback: number) => number(0, 65_535).int('takes a whole number').default(fallback);
const optional = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value));
const optionalMatch = (matches: (value: string) => boolean, message: string) =>
  optional.refine((value) => value === null || matches(value), message);
const optionalUrl = (...protocols: string[]) =>
  optionalMatch(
    (value) => isUrl(value, protocols),
    `is not an address: it begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
  );

const defaultWidening = WIDENING.map((step) => `${step.afterS}:${step.share * 100}`).join(',');

/** Every setting, its bounds and its default. Times of the game are in seconds. */
const settingsSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    BOT_TOKEN: optionalMatch(
      (value) => /^\d+:[\w-]{20,}$/.test(value),
      'is not a bot token (like 123456:ABC…): ask @BotFather for one',
    ),
    TELEGRAM_API_ROOT: optionalUrl('http:', 'https:').transform(
      (value) => value?.replace(/\/+$/, '') ?? null,
    ),
    TELEGRAM_TAKE_OVER: z.enum(['on', 'off']).default('off'),
    HTTPS_PROXY: optionalUrl('http:', 'https:'),
    NO_PROXY: optional,
    WEBHOOK_URL: optionalUrl('http:', 'https:').refine(
      (value) => value === null || !URL.canParse(value) || isReachable(new URL(value)),
      'begins with https://; http:// does for 127.0.0.1 alone',
    ),
    WEBHOOK_PORT: port(8080),
    WEBHOOK_SECRET: optionalMatch(
      (value) => /^[\w-]{16,256}$/.test(value),
      'takes 16 to 256 letters, digits, _ and -',
    ),
    REDIS_URL: optionalMatch(
      isRedisUrl,
      'is not an address: it begins with redis:// or rediss://, redis+cluster:// or redis+sentinel://',
    ),
    REDIS_PREFIX: z
      .string()
      .refine(
        (value) => !/[{}]/.test(value),
        'takes no braces, which would change the hash tag of the keys: write it without { and }',
      )
      .refine(
        (value) => /^[^\s\p{Cc}]{0,64}$/u.test(value),
        'takes at most 64 characters, none of them blank',
      )
      .default(''),
    // Not always a valid URL: `postgresql://user@/database?host=/folder` names a socket.
    DATABASE_URL: optionalMatch(
      (value) => /^postgres(ql)?:\/\//.test(value),
      'is not an address: it begins with postgres:// or postgresql://',
    ),
    DATA_DIR: optional.transform((folder) => folder ?? './data'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
    SANDBOX_PORT: port(8081),
    ARENA_OPS_PORT: port(0),
    ARENA_OPS_HOST: z
      .string()
      .trim()
      .regex(/^[\w.:-]+$/, 'takes the address of a network interface, like 127.0.0.1 or 0.0.0.0')
      .default('127.0.0.1'),
    ARENA_PARTS: z.string().default(parts.join(',')).transform(parseParts),
    ARENA_ADMINS: z.string().default('').transform(parseUserIds),
    ARENA_CLIENT_TIME: z.enum(['on', 'off']).default('on'),
    // After a longer interval the timers would take their own pause for an outage of the bot.
    ARENA_WAVE_S: seconds(1, 0.01, 3),
    ARENA_SHADOW_AFTER_S: seconds(SHADOW_AFTER_S, 0.1, 3600),
    ARENA_TURN_S: seconds(40, 0.1, 600),
    ARENA_IDLE_TURNS: number(1, 20).int('takes a whole number').default(3),
    ARENA_REQUEST_TTL_S: seconds(REQUEST_TTL, 1, 86_400),
    ARENA_SAVE_S: seconds(120, 1, 3600),
    ARENA_IDLE_H: number(0.1, 720).default(24),
    ARENA_SEASON_WEEKS: number(0, 104).int('takes a whole number').default(SEASON_WEEKS),
    ARENA_COPY_H: number(0, 720).default(1),
    ARENA_BATTLES_DAYS: number(0, 36_500).default(365),
    // Who plays is written to the database within 30 days, the most of ARENA_IDLE_H.
    ARENA_USERS_DAYS: number(0, 36_500)
      .refine((days) => days === 0 || days > 30, 'takes 0 or more than 30 days')
      .default(0),
    ARENA_WIDENING: z.string().default(defaultWidening).transform(parseWidening),
  })
  .superRefine(checkCombination);

export type Settings = z.output<typeof settingsSchema>;

export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

const isUnknown = (name: string) => !settingNames.includes(name);

/** Names like those of settings that the platform has set for the services beside this process. */
export function ignoredVariables(env: Variables): readonly string[] {
  const isIgnored = (name: string) =>
    (name.startsWith('ARENA_') || !isUnknown(name)) && isPlatformVariable(name, env[name] ?? '');
  return Object.keys(env).filter(isIgnored);
}

/**
 * Reads the settings from the environment and a `.env` file, whose names must all be settings; in the
 * environment those that begin with `ARENA_`. Throws a `StartError` that names what is wrong.
 */
export function readSettings(variables: Variables, file: Variables = {}): Settings {
  const ignored = ignoredVariables(variables);
  const env = Object.fromEntries(
    Object.entries(variables).filter(([name]) => !ignored.includes(name)),
  );
  const inFile = Object.keys(file).find(isUnknown);
  const inEnv = Object.keys(env).find((name) => name.startsWith('ARENA_') && isUnknown(name));
  const unknown = inFile === undefined ? inEnv : `${inFile} in .env`;
  if (unknown !== undefined)
    throw new StartError(`${unknown} is not a setting of Arena: see .env.example for their names`);
  const given = Object.entries({ ...file, ...env }).filter(([, value]) => value !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StartError(`${wrong.join('; ')} (see .env.example)`);
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** A list of several hosts is not a valid URL. */
function isRedisUrl(value: string): boolean {
  return isUrl(value, ['redis:', 'rediss:']) || /^rediss?\+(cluster|sentinel):\/\/./.test(value);
}

/** Telegram sends updates over TLS only. */
function isReachable(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
}

/** `waves, timers` → the set of both. */
function parseParts(notation: string, context: z.RefinementCtx): ReadonlySet<Part> {
  const words = notation.split(',').map((word) => word.trim());
  const known = parts.filter((part) => words.includes(part));
  if (!words.every((word) => known.some((part) => part === word)))
    context.addIssue(`takes some of ${parts.join(',')} with commas between them`);
  return new Set(known);
}

/** `123, 456` → the ids of these users. */
function parseUserIds(notation: string, context: z.RefinementCtx): readonly number[] {
  const ids = notation.split(',').map((id) => id.trim());
  const given = ids.filter((id) => id !== '');
  if (!given.every((id) => /^[1-9]\d{0,15}$/.test(id)))
    context.addIssue('takes ids of Telegram users with commas between them, like 12345,67890');
  return given.map(Number);
}

/** `0:15,10:20` → from 0 s ±15 %, from 10 s ±20 %. */
function parseWidening(notation: string, context: z.RefinementCtx) {
  const steps = notation.split(',').map((step) => {
    const [, afterS, percent] = /^\s*(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)\s*$/.exec(step) ?? [];
    return { afterMs: Number(afterS) * 1000, share: Number(percent) / 100 };
  });
  const rising = steps.every((step, index) => {
    const before = steps[index - 1];
    return before === undefined
      ? step.afterMs === 0 && step.share > 0
      : step.afterMs > before.afterMs && step.share >= before.share;
  });
  if (rising && steps.every((step) => step.share < 1)) return steps;
  context.addIssue('takes rising steps of seconds:percent that begin at 0, like 0:15,10:20,20:30');
  return z.NEVER;
}

interface Combination extends Record<'BOT_TOKEN' | 'REDIS_URL' | 'DATABASE_URL', string | null> {
  readonly NODE_ENV: string;
  readonly ARENA_PARTS: ReadonlySet<Part>;
  readonly ARENA_SHADOW_AFTER_S: number;
  readonly ARENA_REQUEST_TTL_S: number;
}

function checkCombination(settings: Combination, context: z.RefinementCtx): void {
  const refuse = (name: string, message: string) => {
    context.addIssue({ code: 'custom', path: [name], message });
  };
  // Otherwise a stand-in could serve players by accident.
  const isProduction = settings.NODE_ENV === 'production';
  const isShared = settings.ARENA_PARTS.size < parts.length;
  for (const name of ['BOT_TOKEN', 'REDIS_URL', 'DATABASE_URL'] as const) {
    if (settings[name] !== null) continue;
    if (isProduction && name !== 'DATABASE_URL')
      refuse(name, 'is needed when NODE_ENV is production');
    else if (isShared) refuse(name, 'is needed when ARENA_PARTS leaves parts to other processes');
  }
  const ttlS = settings.ARENA_REQUEST_TTL_S;
  if (settings.ARENA_SHADOW_AFTER_S >= ttlS)
    refuse(
      'ARENA_SHADOW_AFTER_S',
      `must be less than ARENA_REQUEST_TTL_S (${ttlS}), or the Shadow never comes`,
    );
}
