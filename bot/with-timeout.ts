export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** A call was aborted before it was made: it had no effect. */
export class CallAbortedError extends Error {
  override readonly name = 'CallAbortedError';
}

/** The work's result, or a `TimeoutError` after `ms`; the work itself is not stopped. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`timeout after ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
