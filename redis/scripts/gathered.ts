import type { Redis } from 'ioredis';

const gathering = new WeakSet<Redis['stream']>();

/**
 * What is sent in one turn of the event loop leaves in one write: under a crowd, writing one by one
 * costs both processors as much as the commands themselves. Nobody waits longer than the turn lasts.
 */
export function gather({ stream }: Redis): void {
  // The stand-in has no connection, and a client that is not connected has none yet.
  if ((stream as unknown) == null || gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
