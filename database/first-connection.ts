import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { unreachable } from './database-start-error.ts';
import { serverErrorCode } from './server-error.ts';
import { checkServer } from './check-server.ts';

export type ServerConfig = ClientConfig & { readonly connectionTimeoutMillis: number };

/** Start-up parameters of a session, in ms. */
export interface SessionTimeouts {
  readonly statement_timeout: number;
  readonly idle_in_transaction_session_timeout: number;
}

export interface FirstConnection {
  readonly client: Client;
  /** False: a pooler refuses or ignores the timeouts of a session. */
  readonly hasTimeouts: boolean;
}

interface Server {
  readonly config: ServerConfig;
  readonly timeouts: SessionTimeouts;
  /** Host and port. */
  readonly at: string;
}

const RETRY_MS = 100;

/**
 * Connects as the pool will. Waits for a server that starts together with the bot; raises a
 * `DatabaseStartError` at once if it refuses the connection or cannot be used.
 */
export async function firstConnection({ config, timeouts, at }: Server): Promise<FirstConnection> {
  const overdue = AbortSignal.timeout(config.connectionTimeoutMillis);
  for (let asked: SessionTimeouts | null = timeouts; ;) {
    const client = new Client({ ...config, ...asked });
    client.on('error', () => null);
    try {
      await client.connect();
      const { statement_timeout: set } = await checkServer(client, config, at);
      return { client, hasTimeouts: set === timeouts.statement_timeout };
    } catch (error) {
      await client.end().catch(() => null);
      if (asked !== null && isParameterRefused(error)) asked = null;
      else if (overdue.aborted || !isStarting(error)) throw unreachable(at, error);
    }
    await delay(RETRY_MS);
  }
}

/** PgBouncer has no SQLSTATE of its own for this. */
function isParameterRefused(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('unsupported startup parameter: ');
}

function isStarting(error: unknown): boolean {
  const code = serverErrorCode(error);
  if (code !== null) return code === '57P03';
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}
