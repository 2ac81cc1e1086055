import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from '../errors/api-error.ts';
import { errorAnswer, sendAnswer } from './answer.ts';
import { isLocal } from './is-local.ts';

/** Only programs of this machine can connect. */
const HOST = '127.0.0.1';
const BASE = `http://${HOST}`;

export interface Endpoint {
  readonly handle: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

export interface Endpoints {
  readonly bot: Endpoint;
  readonly control: Endpoint;
  readonly page: Endpoint & { readonly serves: (path: string) => boolean };
}

export interface ServerOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** Aborted when the sandbox closes; a restart then does not listen again. */
  readonly closing: AbortSignal;
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Breaks all connections and refuses new ones until `pause` is over. Rejects when the port was taken meanwhile. */
  readonly restart: (pause: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Listens on a port of 127.0.0.1. Rejects when the port is taken. */
export async function listen(endpoints: Endpoints, options: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    route(endpoints, request, response).catch(() => {
      response.destroy();
    });
  });
  /* Idle connections stay open: a client that reuses one as it closes would see a fault that nobody asked for. */
  server.keepAliveTimeout = 0;
  await open(server, options.port);
  const port = portOf(server);
  return {
    url: `${BASE}:${port}`,
    restart: async (pause) => {
      await close(server);
      await pause();
      if (!options.closing.aborted) await open(server, port);
    },
    close: () => close(server),
  };
}

function open(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function route(
  { bot, control, page }: Endpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.url ?? '/';
  const url = URL.canParse(address, BASE) ? new URL(address, BASE) : null;
  const path = url?.pathname ?? '';
  if (!isLocal(request, path)) {
    const refusal = 'Forbidden: only pages and programs of this machine are served';
    sendAnswer(response, errorAnswer(new ApiError(403, refusal)));
    return;
  }
  if (url !== null && /^\/(?:file\/)?bot/.test(path)) return bot.handle(request, response, url);
  if (url !== null && page.serves(path)) return page.handle(request, response, url);
  if (url !== null && /^\/sandbox(?:\/|$)/.test(path)) {
    return control.handle(request, response, url);
  }
  sendAnswer(response, errorAnswer(new ApiError(404, 'Not Found')));
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
