import { HttpError, type Transformer } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import type { Metrics } from '../domains/core/metrics.ts';
import type { Timing } from './timing.ts';

export interface RecordCallsDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly timing: Pick<Timing, 'now'>;
}

/** A call that is aborted after so long got no answer; before, nobody needed it any more. */
const NO_ANSWER_MS = 9_000;

/** Measures each attempt of a call; one debug line for each that failed. */
export function recordCalls({ log, metrics, timing }: RecordCallsDeps): Transformer {
  const fail = (method: string, reason: string, description?: string) => {
    const facts = description === undefined ? {} : { description };
    log.debug({ method, reason, ...facts }, 'telegram call failed');
    metrics.count('telegram_failures_total', { reason });
  };
  return async (call, ...rest) => {
    const [method, payload, signal] = rest;
    const startedMs = timing.now();
    const end = (outcome: string) => {
      const seconds = (timing.now() - startedMs) / 1000;
      metrics.observe('telegram_request_duration_seconds', seconds, { method, outcome });
    };
    try {
      const response = await call(...rest);
      end(response.ok ? 'ok' : String(response.error_code));
      if (response.ok) return response;
      fail(method, String(response.error_code), response.description);
      if (response.error_code === 429)
        metrics.count('telegram_429_total', { scope: scopeOf(payload) });
      return response;
    } catch (error) {
      const isUnneeded = signal?.aborted === true && timing.now() - startedMs < NO_ANSWER_MS;
      const reason = signal?.aborted === true ? 'timeout' : reasonOf(error);
      end(isUnneeded ? 'aborted' : reason);
      if (!isUnneeded) fail(method, reason);
      throw error;
    }
  };
}

/** Telegram has limits for each chat, which differ for groups, and others for the bot as a whole. */
function scopeOf(payload: object): 'private' | 'group' | 'none' {
  const chatId: unknown = 'chat_id' in payload ? payload.chat_id : null;
  if (typeof chatId !== 'number') return 'none';
  return chatId < 0 ? 'group' : 'private';
}

/** Never the message, which can contain the token. */
function reasonOf(error: unknown): string {
  const cause = error instanceof HttpError ? error.error : error;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause ? String(cause.code) : cause.name;
}
