/** The work took longer than it may; it may still end later, and nobody waits for it. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** The work was called off before it began. */
export class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
}

/** The work's result, or a `DeadlineError` after `ms`. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(`Not done after ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
