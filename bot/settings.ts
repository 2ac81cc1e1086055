import { z } from 'zod';
import { REQUEST_TTL, SHADOW_AFTER_S, WIDENING } from '../resources/numbers/arena.ts';
import { parseParts, parts, partsNeed } from './parts.ts';
import { isLoopback } from './is-loopback.ts';

/** A start that cannot succeed: one line that names the setting and the cure. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A number within bounds; what is wrong with another is said in words. */
const number = (least: number, most: number) => {
  const wanted = `takes a number from ${least} to ${most}`;
  return z.coerce.number(wanted).min(least, wanted).max(most, wanted);
};
const seconds = (fallback: number, least: number, most: number) =>
  number(least, most).default(fallback);
const optional = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value));
const optionalUrl = (...protocols: string[]) =>
  optional.refine(
    (value) => value === null || isUrl(value, protocols),
    `is no address: it begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
  );

const defaultWidening = WIDENING.map((step) => `${step.afterS}:${step.share * 100}`).join(',');

/** Every setting, its bounds and its default. Times of the game are in seconds. */
const settingsSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    BOT_TOKEN: optional.refine(
      (value) => value === null || /^\d+:[\w-]{20,}$/.test(value),
      'is not a bot token (like 123456:ABC…): ask @BotFather for one',
    ),
    TELEGRAM_API_ROOT: optionalUrl('http:', 'https:'),
    WEBHOOK_URL: optionalUrl('http:', 'https:').refine(
      (value) => value === null || !URL.canParse(value) || isReachable(new URL(value)),
      'begins with https://; http:// does for 127.0.0.1 alone',
    ),
    WEBHOOK_PORT: number(0, 65_535).int('takes a whole number').default(8080),
    WEBHOOK_SECRET: optional.refine(
      (value) => value === null || /^[\w-]{16,256}$/.test(value),
      'takes 16 to 256 letters, digits, _ and -',
    ),
    REDIS_URL: optional.refine(
      (value) => value === null || isRedisUrl(value),
      'is no address: it begins with redis:// or rediss://, redis+cluster:// or redis+sentinel://',
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
    DATABASE_URL: optionalUrl('postgres:', 'postgresql:'),
    DATA_DIR: optional.transform((folder) => folder ?? './data'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
    SANDBOX_PORT: number(0, 65_535).int('takes a whole number').default(8081),
    ARENA_PARTS: z.string().default(parts.join(',')).transform(parseParts),
    ARENA_CLIENT_TIME: z.enum(['on', 'off']).default('on'),
    // Longer than this the watchmen would take their own pause for an outage of the bot.
    ARENA_WAVE_S: seconds(1, 0.01, 3),
    ARENA_SHADOW_AFTER_S: seconds(SHADOW_AFTER_S, 0.1, 3600),
    ARENA_TURN_S: seconds(40, 0.1, 600),
    ARENA_IDLE_TURNS: number(1, 20).int('takes a whole number').default(3),
    ARENA_REQUEST_TTL_S: seconds(REQUEST_TTL, 1, 86_400),
    ARENA_SAVE_S: seconds(120, 1, 3600),
    ARENA_IDLE_H: number(0.1, 720).default(24),
    ARENA_WIDENING: z.string().default(defaultWidening).transform(parseWidening),
  })
  .superRefine(productionNeeds)
  .superRefine(partsNeed)
  .superRefine(timesFit);

export type Settings = z.output<typeof settingsSchema>;

/** The names that the environment may set; everything beginning with `ARENA_` must be among them. */
export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

/** Reads the settings once; throws a `SettingsError` of one line for the first wrong one. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const unknown = Object.keys(env).find(
    (name) => name.startsWith('ARENA_') && !settingNames.includes(name),
  );
  if (unknown !== undefined) {
    throw new SettingsError(
      `${unknown} is not a setting of Arena: see .env.example for their names`,
    );
  }
  const parsed = settingsSchema.safeParse(withoutEmpty(env));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SettingsError(
    `${issue?.path.join('.') ?? 'A setting'}: ${issue?.message ?? 'is wrong'} (see .env.example)`,
  );
}

/** The names in a `.env` file must all be settings: a typing error there is silent otherwise. */
export function checkSettingNames(names: readonly string[]): void {
  const unknown = names.find((name) => !settingNames.includes(name));
  if (unknown !== undefined) {
    throw new SettingsError(
      `${unknown} in .env is not a setting of Arena: see .env.example for their names`,
    );
  }
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** Several hosts are no URL; whoever connects reads them. */
function isRedisUrl(value: string): boolean {
  return isUrl(value, ['redis:', 'rediss:']) || /^rediss?\+(cluster|sentinel):\/\/./.test(value);
}

/** Telegram brings updates over TLS alone. */
function isReachable(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
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

/** Nobody is to serve players from a stand-in by accident. */
function productionNeeds(
  settings: { NODE_ENV: string; BOT_TOKEN: string | null; REDIS_URL: string | null },
  context: z.RefinementCtx,
): void {
  if (settings.NODE_ENV !== 'production') return;
  for (const name of ['BOT_TOKEN', 'REDIS_URL'] as const) {
    if (settings[name] === null) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is needed when NODE_ENV is production',
      });
      return;
    }
  }
}

/** A request that is over before the Shadow comes would leave its player with nobody. */
function timesFit(
  settings: { ARENA_SHADOW_AFTER_S: number; ARENA_REQUEST_TTL_S: number },
  context: z.RefinementCtx,
): void {
  if (settings.ARENA_SHADOW_AFTER_S < settings.ARENA_REQUEST_TTL_S) return;
  const message = `must be less than ARENA_REQUEST_TTL_S (${settings.ARENA_REQUEST_TTL_S}), or the Shadow never comes`;
  context.addIssue({ code: 'custom', path: ['ARENA_SHADOW_AFTER_S'], message });
}
