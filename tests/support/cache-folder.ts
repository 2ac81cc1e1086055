import { fileURLToPath } from 'node:url';

/** What the tests prepare once for each version of a server; safe to delete. */
export const cache = fileURLToPath(new URL('../../node_modules/.cache/arena/', import.meta.url));
