import type { IncomingMessage } from 'node:http';

const OWN_SITE: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * False for what a browser sends for a web page from elsewhere, also when its domain resolves to 127.0.0.1: such a page
 * must not read or control the sandbox. A link from elsewhere may open the chat page, and nothing else.
 */
export function isLocal({ headers, method }: IncomingMessage, path: string): boolean {
  const host = headers.host ?? '';
  const isHere = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
  const isOwn = (headers.origin ?? `http://${host}`) === `http://${host}`;
  const isLink = method === 'GET' && path === '/' && headers['sec-fetch-mode'] === 'navigate';
  return isHere && isOwn && (isLink || OWN_SITE.has(headers['sec-fetch-site'] ?? 'none'));
}
