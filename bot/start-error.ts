/** A start that cannot succeed: one line that says why and how to mend it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
