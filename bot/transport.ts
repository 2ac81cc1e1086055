import { Pool } from 'undici';
import { CallAbortedError } from './with-timeout.ts';

/** What grammY passes to its `fetch`; the signals are those of `abort-controller`. */
interface CallInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: EventTarget & { readonly aborted: boolean };
}

export interface Transport {
  readonly fetch: (
    url: string,
    init: CallInit,
  ) => Promise<{ readonly json: () => Promise<unknown> }>;
  /** Aborts running calls. */
  readonly close: () => Promise<void>;
}

/** More than the outbox's concurrent calls, so that the long poll and others need not wait. */
const CONNECTIONS = 288;
/** Saves the handshake of the next tap; Telegram keeps idle connections longer. */
const KEEP_ALIVE_MS = 20_000;

/**
 * A pool of open connections to one Bot API server: grammY's default, node-fetch, costs several times
 * the CPU per call. Rejects with the network's own errors, whose codes say whether a call was sent.
 */
export function openTransport(apiRoot: string): Transport {
  const { origin, pathname } = new URL(apiRoot);
  const base = pathname === '/' ? '' : pathname;
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });
  return {
    fetch: async (url, { method, headers, body, signal }) => {
      if (signal.aborted) throw new CallAbortedError('call aborted before it was made');
      const path = `${base}${url.slice(apiRoot.length)}`;
      const response = await pool.request({ path, method, headers, body, signal });
      return { json: () => response.body.json() };
    },
    close: () => pool.destroy(),
  };
}
