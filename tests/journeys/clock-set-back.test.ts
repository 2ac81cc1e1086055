import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../bot/system.ts';
import { exchangeOf, makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';

const HOUR_MS = 3_600_000;

/** Sets the clock of the machine; timers are real. */
function setClockBack(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.setSystemTime(Date.now() - ms);
}

/** On the in-process Redis, with short times. */
const open = (env: Readonly<Record<string, string>>) => openArena(env, { clock: systemClock });

test('a duel goes on by its turn clock when the clock of the machine is set back an hour', async () => {
  const arena = await open({ ARENA_SHADOW_AFTER_S: '0.1', ARENA_TURN_S: '2' });
  const ann = arena.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  const begun = exchangeOf(await screenWith(ann, 'battle.strike')) ?? 0;
  setClockBack(HOUR_MS);
  await ann.client.waitFor(() => (exchangeOf(ann.client.lastScreen()) ?? 0) > begun, 10_000);
  // Nobody chooses, so three missed turns in a row end it.
  await ann.sees(/Defeat|draw|Victory/);
  expect(loggedProblems(arena)).toEqual([]);
});

test('a search finds the Shadow in time when the clock of the machine is set back an hour', async () => {
  const arena = await open({ ARENA_SHADOW_AFTER_S: '1' });
  const ann = arena.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  setClockBack(HOUR_MS);
  await ann.sees(/Your Shadow/);
  expect(loggedProblems(arena)).toEqual([]);
});
