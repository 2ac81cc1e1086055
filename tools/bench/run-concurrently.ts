/** Runs `act` for all items, `width` at a time. */
export async function runConcurrently<T>(
  all: readonly T[],
  act: (one: T) => Promise<unknown>,
  width = 50,
): Promise<void> {
  const rest = all.values();
  const worker = async () => {
    for (const one of rest) await act(one);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
