import { Api } from 'grammy';
import { expect, test, vi } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import {
  guardKey,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  strikeKey,
} from '../support/duel-steps.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { type OpenArena, loggedProblems, openArena } from '../support/open-arena.ts';
import { stablePort } from '../support/redis-server.ts';

test('a line to Telegram that is silent for two minutes costs no turn of a duel', async () => {
  const receiveTiming = new ManualTiming();
  const open = await openArena({}, { receiveTiming });
  const [ann, bob] = await openDuel(open);
  const silent = { method: 'getUpdates', kind: 'slow', delayMs: 600_000, times: null } as const;
  const { faultId } = open.sandbox.faults.add(silent);
  // Ends the poll that had begun before the silence.
  await ann.tap(strikeKey(1));
  await receiveTiming.advance(10_000);
  // These taps arrive after the silence.
  ann.client.tap(guardKey(1));
  bob.client.tap(strikeKey(1));
  bob.client.tap(guardKey(1));
  await passTurns(open);
  open.sandbox.faults.remove(faultId);
  await receiveTiming.advance(10_000);
  await Promise.all([ann.sees(/Round 2/), bob.sees(/Round 2/)]);
  expect(problemsBesideOutage(open)).toEqual([]);
});

test('a webhook that a poller removes is set again, and the duel loses no turn', async () => {
  const port = await stablePort();
  const receiveTiming = new ManualTiming();
  const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/`, WEBHOOK_PORT: String(port) };
  const open = await openArena(hook, { receiveTiming });
  const [ann, bob] = await openDuel(open);
  const outage = open.log.next('telegram unavailable');
  const poller = new Api(open.sandbox.token, { apiRoot: open.sandbox.url });
  await poller.deleteWebhook();
  open.sandbox.faults.add({ method: 'setWebhook', kind: 'error', errorCode: 400, times: 1 });
  await receiveTiming.advance(10_000);
  await outage;
  await passTurns(open);
  const back = open.log.next('telegram available again');
  for (let passedMs = 0; passedMs < 70_000; passedMs += 1_000) await receiveTiming.advance(1_000);
  await back;
  await Promise.all([makeMove(ann, 1), makeMove(bob, 1)]);
  await Promise.all([ann.sees(/Round 2/), bob.sees(/Round 2/)]);
  expect(problemsBesideOutage(open)).toEqual([]);
});

const WITHIN = { timeout: 30_000, interval: 5 };

async function openDuel(open: OpenArena): Promise<[TestPlayer, TestPlayer]> {
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  return [ann, bob];
}

/** Time in which idle players lose a duel, in steps too short for an outage of the bot. */
async function passTurns({ arena, clock }: OpenArena): Promise<void> {
  const wave = vi.spyOn(arena.services.arena, 'wave');
  for (let passedMs = 0; passedMs < 130_000; passedMs += 4_000) {
    const waves = wave.mock.calls.length;
    clock.advance(4_000);
    await vi.waitUntil(() => wave.mock.calls.length > waves + 2, WITHIN);
  }
  wave.mockRestore();
}

function problemsBesideOutage(open: OpenArena): string[] {
  return loggedProblems(open).filter((line) => !/^(telegram unavailable|webhook)/.test(line));
}
