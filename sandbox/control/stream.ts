import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Feed, Issue, News } from '../world/feed.ts';
import { describePerson } from './describe-person.ts';
import { snakeCase } from './snake-case.ts';

/**
 * All that happens, as Server-Sent Events: `hello` first, or `reset` where what came since the last visit cannot be
 * told any more, then `chat`, `person`, `call` and `faults` as they come.
 */
export function streamNews(
  feed: Feed,
  {
    request,
    response,
    after,
  }: { request: IncomingMessage; response: ServerResponse; after: string | null },
  closing: AbortSignal,
): void {
  const gone = new AbortController();
  response.on('close', () => {
    gone.abort();
  });
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  const write = (issue: Issue) => response.write(issueText(feed, issue));
  const bookmark = request.headers['last-event-id'] ?? after;
  const missed = missedIssues(feed, bookmark === null ? null : String(bookmark));
  response.write(greeting(feed, { isReset: bookmark !== null && missed === null }));
  for (const issue of missed ?? []) write(issue);
  feed.watch(write, AbortSignal.any([gone.signal, closing]));
  closing.addEventListener('abort', () => response.end(), { signal: gone.signal });
}

function missedIssues(feed: Feed, bookmark: string | null): readonly Issue[] | null {
  const number = bookmark === null ? null : feed.numberOf(bookmark);
  return number === null ? null : feed.after(number);
}

/** Carries no id where old news follow: each of them has its own. */
function greeting(feed: Feed, { isReset }: { readonly isReset: boolean }): string {
  const at = feed.bookmark(feed.lastNumber);
  const kind = isReset ? 'reset' : 'hello';
  return `retry: 1000\nevent: ${kind}\ndata: ${JSON.stringify({ at })}\n\n`;
}

function issueText(feed: Feed, { number, news }: Issue): string {
  const data = JSON.stringify(snakeCase(contentOf(news)));
  return `id: ${feed.bookmark(number)}\nevent: ${news.kind}\ndata: ${data}\n\n`;
}

function contentOf(news: News): unknown {
  switch (news.kind) {
    case 'chat':
      return { personId: news.personId, event: news.event };
    case 'person':
      return describePerson(news.person);
    case 'call':
      return news.call;
    case 'faults':
      return {};
  }
}
