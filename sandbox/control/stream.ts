import type { IncomingMessage, ServerResponse } from 'node:http';
import { disconnectSignal } from '../http/disconnect-signal.ts';
import type { Feed, FeedEntry, FeedEvent } from '../world/feed.ts';
import { describePerson } from './describe-person.ts';
import { snakeCase } from './snake-case.ts';

/**
 * The feed as Server-Sent Events: first `hello`, or `reset` when events since the last visit are no longer stored, then
 * `chat`, `person`, `call`, `faults` and `bot`.
 */
export function streamFeed(
  feed: Feed,
  {
    request,
    response,
    after,
  }: { request: IncomingMessage; response: ServerResponse; after: string | null },
  closing: AbortSignal,
): void {
  const disconnected = disconnectSignal(response);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  const write = (entry: FeedEntry) => response.write(entryText(feed, entry));
  const cursor = request.headers['last-event-id'] ?? after;
  const missed = missedEntries(feed, cursor === null ? null : String(cursor));
  response.write(firstEvent(feed, { isReset: cursor !== null && missed === null }));
  for (const entry of missed ?? []) write(entry);
  feed.watch(write, AbortSignal.any([disconnected, closing]));
  closing.addEventListener('abort', () => response.end(), { signal: disconnected });
}

function missedEntries(feed: Feed, cursor: string | null): readonly FeedEntry[] | null {
  const number = cursor === null ? null : feed.numberAt(cursor);
  return number === null ? null : feed.after(number);
}

/** Has no id of its own: missed events with lower ids may follow. */
function firstEvent(feed: Feed, { isReset }: { readonly isReset: boolean }): string {
  const at = feed.cursor(feed.lastNumber);
  const kind = isReset ? 'reset' : 'hello';
  return `retry: 1000\nevent: ${kind}\ndata: ${JSON.stringify({ at })}\n\n`;
}

function entryText(feed: Feed, { number, event }: FeedEntry): string {
  const data = JSON.stringify(snakeCase(payloadOf(event)));
  return `id: ${feed.cursor(number)}\nevent: ${event.kind}\ndata: ${data}\n\n`;
}

function payloadOf(event: FeedEvent): unknown {
  switch (event.kind) {
    case 'chat':
      return { personId: event.personId, event: event.event };
    case 'person':
      return describePerson(event.person);
    case 'call':
      return event.call;
    case 'faults':
    case 'bot':
      return {};
  }
}
