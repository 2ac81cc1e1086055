/** A store does not answer now, whoever asks; the same call may succeed in a minute. */
export class OutageError extends Error {
  override readonly name = 'OutageError';
}
