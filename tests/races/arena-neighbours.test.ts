import { describe, expect, test } from 'vitest';
import { openMultiBotArena, takeCensus } from '../support/multi-bot-arena.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';

const ROUNDS = 25;

const turns = async (count: number): Promise<void> => {
  for (let past = 0; past < count; past += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Pairs of players join, the second one `turnsBetween` turns of the event loop later. */
async function waitingOf(url: string | null, bots: number, turnsBetween: number) {
  const crowd = await openMultiBotArena({ bots, characters: 2 * ROUNDS, url });
  const [one, other = one] = crowd.services;
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = one?.arena.joinQueue(2 * round + 1, '1v1');
    await turns(turnsBetween);
    await Promise.all([first, other?.arena.joinQueue(2 * round + 2, '1v1')]);
  }
  const { queued, fighting } = await takeCensus(crowd.client, crowd.ids);
  await crowd.close();
  return { waiting: [...queued], fighting: fighting.size };
}

describeOnEachRedisUrl('two who join at nearly the same moment', (url) => {
  const all = { waiting: [], fighting: 2 * ROUNDS };

  test('at two bots fight each other without a wave', async () => {
    expect(await waitingOf(url(), 2, 0)).toEqual(all);
  }, 60_000);

  describe('at one bot fight each other without a wave,', () => {
    test.each([0, 1, 2, 3])(
      '%i turns of the event loop apart',
      async (apart) => {
        expect(await waitingOf(url(), 1, apart)).toEqual(all);
      },
      60_000,
    );
  });
});
