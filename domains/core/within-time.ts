import { OutageError } from './outage-error.ts';
import type { Wait } from './wait.ts';

/** The answer of `work`. Raises an OutageError if it takes longer than `limitMs`; the work goes on. */
export async function withinTime<T>(
  work: Promise<T>,
  { limitMs, wait }: { readonly limitMs: number; readonly wait: Wait },
): Promise<T> {
  const done = new AbortController();
  const timeout = wait(limitMs, done.signal).then(() => {
    throw new OutageError(`No answer within ${limitMs} ms`);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    done.abort('ended');
  }
}
