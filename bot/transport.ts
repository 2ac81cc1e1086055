import { Pool } from 'undici';
import { CallAbortedError } from './with-timeout.ts';

/** What grammY asks of its `fetch`: its signals are not the runtime's own, its bodies JSON texts. */
interface CallInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: EventTarget & { readonly aborted: boolean };
}

/** The way to one Bot API server. */
export interface Transport {
  readonly fetch: (
    url: string,
    init: CallInit,
  ) => Promise<{ readonly json: () => Promise<unknown> }>;
  /** Breaks off whatever is under way. */
  readonly close: () => Promise<void>;
}

/** More than the outbox has under way at once, so that neither the long poll nor a look waits. */
const CONNECTIONS = 288;
/** A chat's next tap comes within seconds: no handshake then. Servers keep a quiet line longer. */
const QUIET_MS = 20_000;

/**
 * A pool of lines that are kept open. grammY's own way, through node-fetch, costs the processor
 * several times as much a call. Rejects with the network's errors as they are, code and all.
 */
export function openTransport(apiRoot: string): Transport {
  const { origin, pathname } = new URL(apiRoot);
  const base = pathname === '/' ? '' : pathname;
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: QUIET_MS });
  return {
    fetch: async (url, { method, headers, body, signal }) => {
      if (signal.aborted) throw new CallAbortedError('Called off before it was made');
      const path = `${base}${url.slice(apiRoot.length)}`;
      const response = await pool.request({ path, method, headers, body, signal });
      return { json: () => response.body.json() };
    },
    close: () => pool.destroy(),
  };
}
