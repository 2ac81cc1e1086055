import type { IncomingMessage } from 'node:http';

const OWN_SITE: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * False for a web page of another site that is open in a browser on this machine, also when its domain resolves to
 * 127.0.0.1: such a page must not read or control the sandbox, whose default token is public.
 */
export function isLocal({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  const isHere = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
  const isOwn = (headers.origin ?? `http://${host}`) === `http://${host}`;
  return isHere && isOwn && !isFetchedByAnother(headers);
}

/** Another site may link here, but not embed images or scripts from here. */
function isFetchedByAnother(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  return !OWN_SITE.has(site) && headers['sec-fetch-mode'] !== 'navigate';
}
