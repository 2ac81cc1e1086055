import { expect, onTestFinished, test } from 'vitest';
import { makeCharacter, screenWith, search } from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { openWatched, playEverything } from '../support/watched-arena.ts';

test('/metrics counts what was played, and /healthz and /readyz answer 200', async () => {
  const open = await openWatched();
  await playEverything(open);
  const samples = await open.metrics();
  const of = (name: string) => samples.get(name);
  expect(of('arena_matches_total{mode="1v1",kind="duel"}')).toBe(1);
  expect(of('arena_matches_total{mode="1v1",kind="training"}')).toBe(2);
  expect(of('arena_queue_wait_seconds_count{outcome="match"}')).toBe(2);
  expect(of('arena_queue_wait_seconds_sum{outcome="match"}')).toBeCloseTo(20, 0);
  expect(of('arena_queue_wait_seconds_count{outcome="cancelled"}')).toBe(1);
  expect(of('arena_battles_started_total{kind="shadow"}')).toBe(2);
  expect(of('arena_battles_ended_total{kind="shadow",reason="surrender"}')).toBe(2);
  expect(of('arena_battle_turns_count{kind="duel"}')).toBe(1);
  expect(of('arena_turn_timeouts_total')).toBe(0);
  expect(of('arena_active_players')).toBe(2);
  expect(of('arena_battles_running')).toBe(0);
  expect(of('battles_claimed_without_battle')).toBe(0);
  expect(of('telegram_updates_total{kind="tap"}')).toBeGreaterThan(10);
  expect(of('arena_tap_to_screen_seconds_count')).toBeGreaterThan(10);
  expect(await open.get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  const ready = await open.get('/readyz');
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text)).toEqual({
    ready: true,
    reasons: [],
    telegram: 'heard',
    redis: 'writable',
    database: 'reachable',
  });
  expect((await open.get('/')).status).toBe(404);
  expect(loggedProblems(open)).toEqual([]);
});

test('/metrics counts a search that expires, a Shadow that comes, and turns without a tap', async () => {
  const open = await openWatched({ ARENA_SHADOW_AFTER_S: '200', ARENA_TURN_S: '4' });
  const of = async (name: string) => (await open.metrics()).get(name);
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  open.clock.advance(300_001);
  await screenWith(ann, 'character');
  expect(await of('arena_expired_total{mode="1v1"}')).toBe(1);
  expect(await of('arena_queue_wait_seconds_sum{outcome="expired"}')).toBe(300);
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  open.clock.advance(200_001);
  await screenWith(ann, 'battle.strike');
  expect(await of('arena_queue_wait_seconds_sum{outcome="shadow"}')).toBeCloseTo(200, 0);
  expect(await of('arena_matches_total{mode="1v1",kind="shadow"}')).toBe(1);
  expect(await of('arena_battles_running')).toBe(1);
  // Three turns without a tap lose the battle; a longer step would be an outage of the bot.
  const ended = 'arena_battles_ended_total{kind="shadow",reason="idle"}';
  await expect
    .poll(async () => {
      open.clock.advance(4_001);
      return of(ended);
    })
    .toBe(1);
  expect(await of('arena_turn_timeouts_total')).toBe(3);
});

test('a flood wait is counted by its scope', async () => {
  const open = await openWatched();
  open.sandbox.faults.add({ method: 'sendMessage', kind: 'flood', retryAfterS: 1 });
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await screenWith(ann, 'lobby.new');
  const samples = await open.metrics();
  const floods = samples.get('telegram_429_total{scope="private"}');
  expect(floods).toBe(1);
  expect(samples.get('telegram_failures_total{reason="429"}')).toBe(floods);
});

test('/readyz answers 503 while Telegram cannot be heard', async () => {
  const open = await openWatched();
  const isReady = async () => (await open.get('/readyz')).status;
  await expect.poll(isReady).toBe(200);
  open.sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 502, times: 3 });
  open.newPlayer('Ann').say('/start');
  await expect
    .poll(() => open.get('/readyz'), { interval: 20 })
    .toMatchObject({
      status: 503,
      text: expect.stringContaining('"reasons":["telegram: not heard"]') as string,
    });
  await expect.poll(isReady).toBe(200);
});

describeOnRedisServer('/readyz', () => {
  test('answers 503 while Redis hangs, and 200 afterwards', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    const open = await openWatched({ REDIS_URL: server.url });
    const isReady = async () => (await open.get('/readyz')).status;
    await expect.poll(isReady).toBe(200);
    server.pause();
    const { status, text } = await open.get('/readyz');
    server.resume();
    expect([status, text]).toEqual([503, expect.stringContaining('redis: no answer')]);
    await expect.poll(isReady).toBe(200);
  });
});
