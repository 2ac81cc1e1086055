import { afterEach, beforeEach, expect, test } from 'vitest';
import { DuelService } from '../../../domains/arena/duel-service.ts';
import { keys } from '../../../redis/keys.ts';
import { listeners, noStandings } from '../../support/unobserved.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';
import { openBlockList } from '../../support/open-block-list.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
let battleId: string;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 2 });
  for (const charId of crowd.ids) await crowd.first.arena.joinQueue(charId, '1v1');
  battleId = (await crowd.client.get(keys.seat(1))) ?? '';
  await crowd.client.del(keys.deadlines());
});
afterEach(() => crowd.close());

/** Time passes with timers running. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 4) {
    crowd.clock.advance(4_000);
    await crowd.first.combat.tick();
  }
}

const turn = async () => (await crowd.first.combat.find(battleId))?.battle.turn;
const open = () => {
  const { combat } = crowd.first;
  return new DuelService({
    combat,
    standings: noStandings,
    players: listeners,
    blockList: openBlockList(),
  }).getBattleScreen({ charId: 1, userId: 10_001 }, battleId);
};

test('a battle that no timer knows goes on once a fighter opens it after its turn', async () => {
  await pass(80);
  expect(await turn()).toBe(1);
  expect((await open())?.screen).toBe('battle');
  await pass(4);
  expect(await turn()).toBe(2);
  expect(await crowd.client.zscore(keys.deadlines(), battleId)).not.toBeNull();
});

test('a tap in good time writes no timer', async () => {
  await pass(40);
  await open();
  expect(await crowd.client.zcard(keys.deadlines())).toBe(0);
});

test('a battle that has ended gets no timer', async () => {
  await crowd.first.combat.surrender(2, battleId);
  await pass(80);
  expect((await open())?.screen).toBe('result');
  expect(await crowd.client.zcard(keys.deadlines())).toBe(0);
});
