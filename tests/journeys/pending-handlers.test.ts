import { expect, test } from 'vitest';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena } from '../support/open-arena.ts';

test('a process with timers retries pending handlers, one step at a time', async () => {
  const counts = { begun: 0, running: 0, most: 0 };
  const retryDue = async () => {
    counts.begun += 1;
    counts.running += 1;
    counts.most = Math.max(counts.most, counts.running);
    await new Promise((resolve) => setTimeout(resolve, 50));
    counts.running -= 1;
    return 0;
  };
  await openArena({}, { repositories: { ...memoryRepositories(), pendingHandlers: { retryDue } } });
  await expect.poll(() => counts.begun).toBeGreaterThan(2);
  expect(counts.most).toBe(1);
});
