import { Api } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { Outbox } from '../../../bot/outbox/outbox.ts';
import { FixedClock } from '../../support/clock.ts';
import { quickTiming } from '../../support/quick-timing.ts';
import { MemoryChats } from '../../support/memory-chats.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { packAction } from '../../support/shipped-codec.ts';
import { named, screen } from './outbox-fixture.ts';

const TOKEN = '78:token-of-a-loaded-outbox-here';
/** How many times faster than real time the test runs; the sandbox's limits are scaled too. */
const SPEED = 20;

async function openLoad(people: number) {
  const limits = { intervalMs: 1_000 / SPEED, burst: 5, longestHoldMs: 8_000 / SPEED };
  const sandbox = await startSandbox({ token: TOKEN, traffic: limits });
  onTestFinished(() => sandbox.close());
  const log = new RecordingLog();
  const timing = quickTiming(SPEED);
  const api = new Api(TOKEN, { apiRoot: sandbox.url });
  const players = { getLanguage: () => Promise.resolve('en' as const) };
  const clock = new FixedClock();
  const deps = { api, chats: new MemoryChats(), players, log, timing, clock };
  const outbox = new Outbox({ ...deps, clientTime: true, pack: packAction });
  const everybody = Array.from({ length: people }, (_, index) => {
    const person = sandbox.people.add({ firstName: `P${index}` });
    person.say('/start');
    return person;
  });
  return { sandbox, outbox, chats: everybody, timing, log };
}

test('under load no chat is flooded, every last screen arrives, and animation is skipped', async () => {
  const { sandbox, outbox, chats, timing, log } = await openLoad(30);
  const modes = ['edit', 'edit', 'edit', 'resend', 'notify'] as const;
  // Every chat gets a screen each 0.4 s, which exceeds the limits, and frames in between.
  for (let round = 0; round < 40; round += 1) {
    for (const { id } of chats) {
      const mode = modes[(round + id) % modes.length] ?? 'edit';
      void outbox.show(id, screen(named(`${round}`)), { mode });
      void outbox.show(id, screen(named('frame')), { mode: 'edit', priority: 'ambient' });
    }
    await timing.wait(400);
  }
  await outbox.drain();
  const refused = sandbox.calls.list().filter((call) => call.status === 429);
  expect(refused).toEqual([]);
  for (const person of chats) {
    const shown = person.chat().messages.filter((one) => one.from === 'bot');
    expect(shown.map((one) => one.text)).toEqual(['▶️ 39']);
  }
  expect(outbox.metrics.skipped).toBeGreaterThan(1_000);
  expect(outbox.metrics.superseded).toBeGreaterThan(100);
  expect(log.lines).toEqual([]);
});
