import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world/world.ts';
import { ControlError } from './control-error.ts';
import { pageFile } from './page-files.ts';
import { streamFeed } from './stream.ts';

export interface PageEndpointOptions {
  readonly world: World;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const GUARDS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** The chat page and what it loads apart from JSON: its files, photos and the event stream. */
export class PageEndpoint {
  readonly #options: PageEndpointOptions;

  constructor(options: PageEndpointOptions) {
    this.#options = options;
  }

  /** Whether a path belongs to this endpoint. */
  serves(path: string): boolean {
    return /^\/(?:$|favicon\.ico$|page\/|sandbox\/(?:stream|files\/[\w-]+)$)/.test(path);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      if (request.method !== 'GET') throw new ControlError(405, 'GET is wanted here');
      await this.#serve(request, response, url);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      response.writeHead(error.status, { ...GUARDS, 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${error.message}\n`);
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { pathname, searchParams } = url;
    if (pathname === '/sandbox/stream') {
      const visit = { request, response, after: searchParams.get('after') };
      streamFeed(this.#options.world.feed, visit, this.#options.closing);
    } else if (pathname.startsWith('/sandbox/files/')) {
      this.#sendPhoto(response, pathname.slice('/sandbox/files/'.length));
    } else {
      await sendFile(request, response, fileName(pathname));
    }
  }

  #sendPhoto(response: ServerResponse, fileId: string): void {
    const file = this.#options.world.files.find(fileId);
    if (file === null) throw new ControlError(404, `there is no file ${fileId}`);
    const isPng = file.bytes[0] === 0x89;
    const image = isPng ? 'image/png' : 'image/jpeg';
    const type = file.size === null ? 'application/octet-stream' : image;
    const cache = 'private, max-age=31536000, immutable';
    response.writeHead(200, { ...GUARDS, 'Content-Type': type, 'Cache-Control': cache });
    response.end(file.bytes);
  }
}

function fileName(pathname: string): string {
  if (pathname === '/') return 'index.html';
  return pathname === '/favicon.ico' ? 'favicon.svg' : pathname.slice('/page/'.length);
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const { type, bytes, etag } = await pageFile(name);
  const isKnown = request.headers['if-none-match'] === etag;
  const headers = { ...GUARDS, 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: etag };
  response.writeHead(isKnown ? 304 : 200, headers);
  response.end(isKnown ? undefined : bytes);
}
