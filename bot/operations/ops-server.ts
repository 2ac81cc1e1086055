import { once } from 'node:events';
import { type ServerResponse, createServer } from 'node:http';
import type { Log } from '../../domains/core/log.ts';
import { StartError } from '../start-error.ts';
import type { Readiness } from './readiness.ts';

export interface OpsServerOptions {
  readonly host: string;
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly log: Log;
}

export interface OpsServer {
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** `/healthz`, `/readyz` and `/metrics`, for programs that watch the process. */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { host, port, log } = options;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    answerTo(path, options).then(
      (answer) => {
        send(response, answer);
      },
      (error: unknown) => {
        log.error({ path, err: error }, 'operations request failed');
        send(response, plain(500, 'failed'));
      },
    );
  });
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `ARENA_OPS_PORT ${port} cannot be opened (${reason}): choose another, or 0 for none`,
    );
  }
  log.info({ metrics: `http://${host}:${port}/metrics` }, 'operations server started');
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerTo(path: string, options: OpsServerOptions): Promise<Answer> {
  // That this answers at all shows that the event loop runs.
  if (path === '/healthz') return plain(200, 'ok');
  if (path === '/readyz') return readinessAnswer(await options.readiness());
  if (path === '/metrics') return { status: 200, ...(await options.metrics()) };
  return plain(404, 'There are /healthz, /readyz and /metrics.');
}

function readinessAnswer({ isReady, reasons, parts }: Readiness): Answer {
  const text = JSON.stringify({ ready: isReady, reasons, ...parts });
  return { status: isReady ? 200 : 503, contentType: 'application/json', text };
}

function plain(status: number, text: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', text };
}

function send(response: ServerResponse, { status, contentType, text }: Answer): void {
  response.writeHead(status, { 'content-type': contentType }).end(`${text.trimEnd()}\n`);
}
