import { serverErrorCode } from './server-error.ts';

/** deadlock_detected and serialization_failure: the same transaction can succeed when repeated. */
const serializationFailures: ReadonlySet<string | null> = new Set(['40P01', '40001']);
const TRIES = 4;

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
