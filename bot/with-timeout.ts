/** The work took longer than it may; it may still end later, and nobody waits for it. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** The work was called off before it began. */
export class CallAbortedError extends Error {
  override readonly name = 'CallAbortedError';
}

/** The work's result, or a `DeadlineError` after `ms`. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`Not done after ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
