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
/** All waits are so many times as short as in the world; the stand-in's limits keep up with it. */
const PACE = 20;

async function openLoad(people: number) {
  const limits = { intervalMs: 1_000 / PACE, burst: 5, longestHoldMs: 8_000 / PACE };
  const sandbox = await startSandbox({ token: TOKEN, traffic: limits });
  onTestFinished(() => sandbox.close());
  const log = new RecordingLog();
  const timing = quickTiming(PACE);
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

test('under Telegram’s limits no chat is flooded, every last screen arrives, and animation yields', async () => {
  const { sandbox, outbox, chats, timing, log } = await openLoad(30);
  const manners = ['edit', 'edit', 'edit', 'resend', 'notify'] as const;
  // Every chat: a screen each 0.4 s, more than the limits let through, and frames in between.
  for (let round = 0; round < 40; round += 1) {
    for (const { id } of chats) {
      const mode = manners[(round + id) % manners.length] ?? 'edit';
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
