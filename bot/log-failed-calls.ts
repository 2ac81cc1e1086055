import { HttpError, type Transformer } from 'grammy';
import type { Log } from '../domains/core/log.ts';

const SUMMARY_MS = 60_000;

/** One debug line for each attempt that Telegram did not serve, and a summary a minute after the first. */
export function logFailedCalls(log: Log): Transformer {
  const failed = new Map<string, number>();
  const summarise = () => {
    log.info({ failed: Object.fromEntries(failed) }, 'telegram calls failed');
    failed.clear();
  };
  const note = (method: string, reason: string) => {
    log.debug({ method, reason }, 'telegram call failed');
    if (failed.size === 0) setTimeout(summarise, SUMMARY_MS).unref();
    failed.set(reason, (failed.get(reason) ?? 0) + 1);
  };
  return async (call, ...rest) => {
    const [method, , signal] = rest;
    try {
      const response = await call(...rest);
      if (!response.ok && (response.error_code === 429 || response.error_code >= 500))
        note(method, String(response.error_code));
      return response;
    } catch (error) {
      if (signal?.aborted !== true) note(method, reasonOf(error));
      throw error;
    }
  };
}

/** Never the message, which can contain the token. */
function reasonOf(error: unknown): string {
  const cause = error instanceof HttpError ? error.error : error;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause ? String(cause.code) : cause.name;
}
