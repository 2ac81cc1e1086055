export function never(): Promise<void> {
  return new Promise(() => undefined);
}
