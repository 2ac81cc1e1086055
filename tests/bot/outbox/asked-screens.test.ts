import { expect, onTestFinished, test } from 'vitest';
import { mergeScreens } from '../../../bot/outbox/queued-screen.ts';
import { Outbox } from '../../../bot/outbox/outbox.ts';
import { packAction } from '../../support/shipped-codec.ts';
import { named, openOutbox, screen } from './outbox-fixture.ts';

const how = { mode: 'edit', priority: 'reply', language: null, createdMs: 0, asOfMs: 0 } as const;

test('a newer screen answers the tap of the one that it replaces', () => {
  const asked = { ...how, payload: screen(named('old')), askedMs: 7 };
  const turn = { ...how, payload: screen(named('new')), priority: 'clock' } as const;
  expect(mergeScreens(asked, turn).askedMs).toBe(7);
  expect(mergeScreens(asked, { ...turn, askedMs: 9 }).askedMs).toBe(7);
  expect(mergeScreens(turn, { ...asked, askedMs: 9 }).askedMs).toBe(9);
});

test('the wait for a screen that was asked for is reported once it is shown', async () => {
  const bench = await openOutbox();
  const waits: number[] = [];
  const { api, chats, log, timing, clock, ann } = bench;
  const players = { getLanguage: () => Promise.resolve('en' as const) };
  const outbox = new Outbox({
    api,
    chats,
    players,
    log,
    timing,
    clock,
    clientTime: true,
    pack: packAction,
    onAnswered: (ms) => waits.push(ms),
  });
  await outbox.show(ann.id, screen(named('unasked')), { mode: 'edit' });
  expect(waits).toEqual([]);
  const askedMs = timing.now() - 5_000;
  await outbox.show(ann.id, screen(named('asked')), { mode: 'edit', askedMs });
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThanOrEqual(5_000);
});

test('waitsMs names the age of the oldest screen on its way, and 0 afterwards', async () => {
  const bench = await openOutbox();
  const { outbox, sandbox, ann } = bench;
  expect(outbox.waitsMs()).toEqual({ reply: 0, clock: 0, ambient: 0 });
  sandbox.faults.add({ method: 'sendMessage', kind: 'slow', delayMs: 200 });
  const shown = outbox.show(ann.id, screen(named('slow')), { mode: 'edit' });
  onTestFinished(() => shown);
  await expect.poll(() => outbox.waitsMs().reply).toBeGreaterThan(0);
  expect(outbox.waitsMs().clock).toBe(0);
  await shown;
  expect(outbox.waitsMs()).toEqual({ reply: 0, clock: 0, ambient: 0 });
});
