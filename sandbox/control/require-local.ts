import type { IncomingMessage } from 'node:http';
import { ControlError } from './control-error.ts';

const OWN_SITE: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * A page from elsewhere, open in a browser on this machine, is not let in: neither under its own name, nor under a name
 * that it lets point here. Throws ControlError.
 */
export function requireLocal({ headers }: IncomingMessage): void {
  const host = headers.host ?? '';
  const isLocal = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
  const isOwn = (headers.origin ?? `http://${host}`) === `http://${host}`;
  if (isLocal && isOwn && !isFetchedByAnother(headers)) return;
  throw new ControlError(403, 'only pages and programs of this machine are served');
}

/** A link may lead here; an image or a script of another site may not come from here. */
function isFetchedByAnother(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  return !OWN_SITE.has(site) && headers['sec-fetch-mode'] !== 'navigate';
}
