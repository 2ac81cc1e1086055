/** A wait that has no end. */
export function never(): Promise<void> {
  return new Promise(() => undefined);
}
