import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from 'telegram-sandbox';
import type { Span } from './outages.ts';
import type { Sleep } from './persistent-redis.ts';

const POLL_MS = 100;
const RECOVERY_MS = 60_000;
/** As long as somebody who tries something out with the token. */
const FOREIGN_POLLS = 3;

/** Answers no poll for a while; the span is from the first poll that was hit to the next that was not. */
export async function silencePolls(
  sandbox: Pick<Sandbox, 'faults' | 'calls'>,
  durationMs: number,
  sleep: Sleep,
): Promise<Span> {
  const startMs = Date.now();
  const scope = { method: 'getUpdates', times: null } as const;
  const fault = sandbox.faults.add({ ...scope, kind: 'slow', delayMs: durationMs });
  await sleep(durationMs);
  sandbox.faults.remove(fault.faultId);
  const endMs = Date.now();
  // A call is listed once it has ended, and those of long ago no longer.
  let fromMs: number | null = null;
  while (Date.now() < endMs + RECOVERY_MS) {
    const polls = sandbox.calls.list('getUpdates').filter(({ atMs }) => atMs >= startMs);
    fromMs ??= polls.find((one) => one.fault === 'slow')?.atMs ?? null;
    const next = polls.find((one) => one.fault === null && one.atMs >= endMs);
    if (next !== undefined) return { fromMs: fromMs ?? endMs, toMs: next.atMs };
    await delay(POLL_MS);
  }
  throw new Error('no poll was answered after a silent line');
}

/** Removes the webhook and polls without confirming anything; ends once the bot has set it again. */
export async function takeWebhook({ url, token }: Pick<Sandbox, 'url' | 'token'>): Promise<Span> {
  const call = async (method: string): Promise<string> => {
    const response = await fetch(`${url}/bot${token}/${method}`, { method: 'POST' });
    return response.text();
  };
  const fromMs = Date.now();
  await call('deleteWebhook');
  for (let polls = 0; polls < FOREIGN_POLLS; polls += 1) await call('getUpdates');
  // A webhook that was set a moment ago is set again after a minute.
  while (Date.now() < fromMs + 2 * RECOVERY_MS) {
    if (!(await call('getWebhookInfo')).includes('"url":""')) return { fromMs, toMs: Date.now() };
    await delay(POLL_MS);
  }
  throw new Error('the webhook was not set again');
}
