import { expect, onTestFinished, test } from 'vitest';
import { openMultiBotArena } from '../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;
type Services = Crowd['first'];

const DUELS = 50;
const MODE = '1v1';

/** Two processes on one Redis: one that is stopped, and one that starts after it. */
async function openDuels() {
  const crowd = await openMultiBotArena({ bots: 2, characters: 2 * DUELS + 1 });
  onTestFinished(() => crowd.close());
  const [old, next] = crowd.services;
  if (old === undefined || next === undefined) throw new Error('two bots are open');
  const fighters = crowd.ids.slice(0, 2 * DUELS);
  for (const charId of fighters) await old.arena.joinQueue(charId, MODE);
  await old.arena.wave();
  return { ...crowd, old, next, fighters, late: 2 * DUELS + 1 };
}

async function battleOf({ sessions }: Services, charId: number): Promise<string | null> {
  const place = await sessions.getQueueStatus(charId, 10_000 + charId);
  return place.kind === 'seated' ? place.battleId : null;
}

/** Chooses a move in the present turn. */
async function move(services: Services, charId: number): Promise<void> {
  const battleId = await battleOf(services, charId);
  const record = battleId === null ? null : await services.combat.find(battleId);
  if (battleId === null || record === null) throw new Error(`${charId} fights nowhere`);
  const { turn } = record.battle;
  const choice = { strike: 'head', guard: 'belly-legs' } as const;
  expect((await services.combat.tap({ charId, battleId, turn, choice })).kind).toBe('accepted');
}

test('a drained arena begins no battle, and a stop during 50 duels loses and times out none', async () => {
  const { old, next, fighters, late, clock, repositories } = await openDuels();
  expect(await old.combat.countRunning()).toBe(DUELS);
  const battleIds = new Set(await Promise.all(fighters.map((id) => battleOf(old, id))));
  for (const charId of fighters) await move(old, charId);
  // A half of the second turn is chosen when the operator drains and the process is stopped.
  const half = fighters.filter((_, at) => at % 2 === 0);
  for (const charId of half) await move(old, charId);
  await old.combat.tick();
  await old.drain.set(true);
  const refusedBy = async (services: Services) => {
    const replies = await Promise.all([
      services.arena.joinQueue(late, MODE),
      services.arena.train(late, MODE, 'novice'),
    ]);
    return replies.map((reply) => (reply.kind === 'refused' ? reply.notice.key : reply.kind));
  };
  const refusals = ['arena.notice.draining', 'arena.notice.draining'];
  expect(await refusedBy(old)).toEqual(refusals);
  await old.logout.flush();

  clock.advance(600_000);
  await next.drain.refresh();
  expect(await refusedBy(next)).toEqual(refusals);
  await next.combat.tick();
  await next.arena.wave();
  expect(await next.combat.countRunning()).toBe(DUELS);
  const after = await Promise.all(fighters.map((id) => battleOf(next, id)));
  expect(new Set(after)).toEqual(battleIds);
  for (const battleId of battleIds) {
    const record = await next.combat.find(battleId ?? '');
    expect(record?.sides.map(({ idleTurns }) => idleTurns)).toEqual([0, 0]);
    expect(record?.turnEndsAtMs).toBeGreaterThan(clock.now());
  }
  for (const charId of fighters.filter((one) => !half.includes(one))) await move(next, charId);
  for (const charId of half) {
    const battleId = (await battleOf(next, charId)) ?? '';
    await next.combat.surrender(charId, battleId);
    const archived = await repositories.battles.find(battleId);
    expect(archived?.outcome.reason).toBe('surrender');
    expect(archived?.inputs.filter(({ kind }) => kind === 'exchange')).toHaveLength(2);
  }
  expect(await next.combat.countRunning()).toBe(0);

  await next.drain.set(false);
  expect((await next.arena.joinQueue(late, MODE)).kind).toBe('shown');
});
