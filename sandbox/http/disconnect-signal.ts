import type { ServerResponse } from 'node:http';

/** Aborted when the connection closes before or after the answer. */
export function disconnectSignal(response: ServerResponse): AbortSignal {
  const disconnected = new AbortController();
  response.on('close', () => {
    disconnected.abort();
  });
  return disconnected.signal;
}
