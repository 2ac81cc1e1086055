import { numberIn, route } from './route.ts';
import type { Route } from './route.ts';

/** What the bot did. */
export const CALL_ROUTES: readonly Route[] = [
  route('GET', '/calls', ({ desk, query }) =>
    desk.calls.list(query.get('method')).slice(-numberIn(query, 'limit', 50)),
  ),
  route('DELETE', '/calls', ({ desk }) => {
    desk.calls.clear();
    return { cleared: true };
  }),
];
