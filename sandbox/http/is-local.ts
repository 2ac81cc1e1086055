import type { IncomingMessage } from 'node:http';

const OWN_SITE: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * False for a page from elsewhere, open in a browser on this machine: neither under its own name, nor under a name that
 * it lets point here, may it read the sandbox or act in it. The token of `npm start` is known to everybody.
 */
export function isLocal({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  const isHere = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
  const isOwn = (headers.origin ?? `http://${host}`) === `http://${host}`;
  return isHere && isOwn && !isFetchedByAnother(headers);
}

/** A link may lead here; an image or a script of another site may not come from here. */
function isFetchedByAnother(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  return !OWN_SITE.has(site) && headers['sec-fetch-mode'] !== 'navigate';
}
