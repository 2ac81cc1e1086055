import { GrammyError, HttpError } from 'grammy';
import { CallAbortedError, TimeoutError } from './with-timeout.ts';

/** What a failed call of the Bot API means for a screen. */
export type ApiFailure =
  /** The message already looks so: as good as done. */
  | 'not_modified'
  /** There is no such message to edit any more, or it cannot be edited. */
  | 'gone'
  /** The player blocked the bot or is no more. */
  | 'unreachable'
  /** The callback was answered too late or twice; never an error to the player. */
  | 'too_late'
  /** This server does not know `<tg-time>`. */
  | 'unknown_markup'
  /** Too many calls; this one had no effect. */
  | 'flood'
  /** The call never reached the server. */
  | 'unsent'
  /** The network or the server failed on the way: whether the call took effect is unknown. */
  | 'unknown'
  | 'other';

/** Sustained floods have drawn waits of up to four minutes; nobody waits longer than this. */
const LONGEST_FLOOD_S = 600;

const wordings: readonly (readonly [ApiFailure, RegExp])[] = [
  ['not_modified', /message is not modified/i],
  [
    'gone',
    /message to (edit|delete|be edited) not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/i,
  ],
  [
    'unreachable',
    /bot was blocked|user is deactivated|chat not found|can't initiate conversation/i,
  ],
  ['too_late', /query is too old|query ID is invalid|QUERY_ID_INVALID/i],
  ['unknown_markup', /can't parse entities.*tg-time/i],
];

export function failureOf(error: unknown): ApiFailure {
  if (error instanceof TimeoutError) return 'unknown';
  if (error instanceof CallAbortedError) return 'unsent';
  if (error instanceof HttpError) return isUnsent(error) ? 'unsent' : 'unknown';
  if (!(error instanceof GrammyError)) return 'other';
  if (error.error_code === 429) return 'flood';
  if (error.error_code >= 500) return 'unknown';
  return wordings.find(([, wording]) => wording.test(error.description))?.[0] ?? 'other';
}

/** Whether a failure passes by itself, so that the same call is worth another try. */
export function isTransient(failure: ApiFailure): boolean {
  return failure === 'flood' || failure === 'unsent' || failure === 'unknown';
}

const neverSent: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isUnsent({ error }: HttpError): boolean {
  if (error instanceof CallAbortedError) return true;
  return error instanceof Error && 'code' in error && neverSent.has(error.code);
}

/** How long Telegram wants to be left alone, up to ten minutes; null for every other failure. */
export function floodWaitMs(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return Math.min(error.parameters.retry_after ?? 1, LONGEST_FLOOD_S) * 1000;
}

/** What of an error may be logged: a network error's text can carry the address with the token. */
export function factsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof GrammyError) {
    return { method: error.method, code: error.error_code, description: error.description };
  }
  if (error instanceof HttpError) return { network: error.message };
  if (error instanceof Error)
    return { error: error.name, detail: error.message, stack: error.stack };
  return { error: String(error) };
}
