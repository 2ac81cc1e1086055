import { numberIn, route } from './route.ts';
import type { Route } from './route.ts';

/** The calls of the bot. */
export const CALL_ROUTES: readonly Route[] = [
  route('GET', '/calls', ({ context, query }) =>
    context.calls.list(query.get('method')).slice(-numberIn(query, 'limit', 50)),
  ),
  route('DELETE', '/calls', ({ context }) => {
    context.calls.clear();
    return { cleared: true };
  }),
];
