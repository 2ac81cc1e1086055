import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';
import { decodeParameters } from '../requests/decode-parameters.ts';
import { readBody } from '../requests/read-body.ts';
import type { FileStore } from '../world/file-store.ts';
import { errorAnswer, send, sendAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import type { CallHandler } from './call-handler.ts';
import { disconnectSignal } from './disconnect-signal.ts';

export interface BotEndpointOptions {
  readonly calls: CallHandler;
  readonly files: FileStore;
  readonly token: string;
  readonly bodyLimitBytes: number;
}

const METHOD_PATH = /^\/bot(?<token>[^/]+)\/(?:test\/)?(?<method>[^/]*)$/;
const FILE_PATH = /^\/file\/bot(?<token>[^/]+)\/(?<path>.+)$/;

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export class BotEndpoint {
  readonly #options: BotEndpointOptions;

  constructor(options: BotEndpointOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const file = FILE_PATH.exec(url.pathname)?.groups;
    if (file !== undefined) {
      this.#sendFile(response, { token: file['token'] ?? '', path: file['path'] ?? '' });
      return;
    }
    try {
      await this.#call(request, response, url);
    } catch (error) {
      sendAnswer(response, errorAnswer(asApiError(error)));
    }
  }

  async #call(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body = await readBody(request, this.#options.bodyLimitBytes);
    const name = this.#methodName(request, url);
    const contentType = request.headers['content-type'] ?? '';
    const parameters = decodeParameters({ query: url.searchParams, contentType, body });
    const answer = await this.#options.calls.handle({
      name,
      parameters,
      signal: disconnectSignal(response),
    });
    finish(response, answer);
  }

  #methodName(request: IncomingMessage, url: URL): string {
    if (request.method !== 'GET' && request.method !== 'POST') {
      throw new ApiError(501, 'Not Implemented');
    }
    const path = METHOD_PATH.exec(url.pathname)?.groups;
    if (path === undefined) throw new ApiError(404, 'Not Found');
    if (!this.#isOwn(path['token'] ?? '')) throw new ApiError(401, 'Unauthorized');
    return path['method'] ?? '';
  }

  #isOwn(token: string): boolean {
    return token.replaceAll(/%3a/gi, ':') === this.#options.token;
  }

  #sendFile(response: ServerResponse, wanted: { token: string; path: string }): void {
    const found = this.#options.files.atPath(wanted.path);
    if (!this.#isOwn(wanted.token)) {
      sendAnswer(response, errorAnswer(new ApiError(401, 'Unauthorized')));
    } else if (found === null) {
      sendAnswer(response, errorAnswer(new ApiError(404, 'Not Found')));
    } else {
      send(response, 200, { type: 'application/octet-stream', body: found.bytes });
    }
  }
}

function finish(response: ServerResponse, answer: Answer | null): void {
  if (answer === null) response.socket?.resetAndDestroy();
  else sendAnswer(response, answer);
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, `Internal Server Error: the sandbox failed: ${reason}`);
}
