/** A store is unavailable for every caller; the same call may succeed later. */
export class OutageError extends Error {
  override readonly name = 'OutageError';
}
