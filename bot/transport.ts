import type { Readable } from 'node:stream';
import { EnvHttpProxyAgent, Pool } from 'undici';
import { isLoopback } from './is-loopback.ts';
import { CallAbortedError } from './with-timeout.ts';

/** What grammY passes to its `fetch`; the signals are those of `abort-controller`. */
interface CallInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  /** A stream for a call with a file. */
  readonly body: string | Readable;
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

const options = { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS };

export type ProxySettings = Partial<Record<'HTTPS_PROXY' | 'NO_PROXY', string | null>>;

/**
 * A pool of open connections to one Bot API server: grammY's default, node-fetch, costs several times
 * the CPU per call. Rejects with the network's own errors, whose codes say whether a call was sent.
 */
export function openTransport(apiRoot: string, proxy: ProxySettings = {}): Transport {
  const root = new URL(apiRoot);
  const { origin } = root;
  const base = root.pathname === '/' ? '' : root.pathname;
  const pool = isLoopback(root) ? new Pool(origin, options) : openProxied(proxy);
  return {
    fetch: async (url, { method, headers, body, signal }) => {
      if (signal.aborted) throw new CallAbortedError('call aborted before it was made');
      const path = `${base}${url.slice(apiRoot.length)}`;
      const response = await pool.request({ origin, path, method, headers, body, signal });
      return { json: () => response.body.json() };
    },
    close: () => pool.destroy(),
  };
}

/** Connects directly where neither settings nor environment name a proxy. */
function openProxied({ HTTPS_PROXY, NO_PROXY }: ProxySettings): EnvHttpProxyAgent {
  const proxy = HTTPS_PROXY ? { httpProxy: HTTPS_PROXY, httpsProxy: HTTPS_PROXY } : {};
  return new EnvHttpProxyAgent({
    ...options,
    ...proxy,
    ...(NO_PROXY ? { noProxy: NO_PROXY } : {}),
  });
}
