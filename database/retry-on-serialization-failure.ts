import { serverErrorCode } from './server-error.ts';

/** Ended for others to go on: two waited for each other, or could not both have been first. */
const serializationFailures: ReadonlySet<string | null> = new Set(['40P01', '40001']);
const TRIES = 4;

/** Does the work again where PostgreSQL undid it for the sake of somebody else's. */
export async function retryOnSerializationFailure<Result>(
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isSerializationFailure(error)) throw error;
    }
  }
}

export function isSerializationFailure(error: unknown): boolean {
  return serializationFailures.has(serverErrorCode(error));
}
