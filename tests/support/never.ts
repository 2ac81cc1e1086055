/** A promise that never settles. */
export function never(): Promise<void> {
  return new Promise(() => undefined);
}
