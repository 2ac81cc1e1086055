import { describe, expect, test } from 'vitest';
import { type Ban, Bans } from '../../../domains/admin/bans.ts';
import { FixedClock } from '../../support/clock.ts';
import { memoryAdmin } from '../../support/memory-admin.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const [ANN, BOB] = [1, 2];
const ADMIN = 9;

const banOf = (userId: number): Ban => ({
  userId,
  untilMs: null,
  reason: 'Rude words',
  isRatedOnly: false,
});

/** Bans of a process that has read that there are none. */
async function openBans() {
  const log = new RecordingLog();
  const stored = new Map<number, Ban>();
  const failing = new Set<number>();
  const left: number[] = [];
  const store = {
    ...memoryAdmin,
    activeBans: () => Promise.resolve([...stored.values()]),
    ban: (_admin: number, ban: Ban) => Promise.resolve(void stored.set(ban.userId, ban)),
    unban: (_admin: number, userId: number) => Promise.resolve(stored.delete(userId)),
  };
  const leaveQueues = (userId: number) => {
    if (failing.has(userId)) return Promise.reject(new Error('no answer'));
    left.push(userId);
    return Promise.resolve();
  };
  const bans = new Bans({ store, leaveQueues, clock: new FixedClock(), log });
  await bans.refresh();
  return { bans, stored, failing, left, log };
}

describe('a banned user who cannot be taken out of the queues', () => {
  test('does not keep the others in them', async () => {
    const { bans, stored, failing, left } = await openBans();
    for (const userId of [ANN, BOB]) stored.set(userId, banOf(userId));
    failing.add(ANN);
    await bans.refresh();
    expect(left).toEqual([BOB]);
  });

  test('is banned, is logged once, and is tried again until it succeeds', async () => {
    const { bans, failing, left, log } = await openBans();
    failing.add(ANN);
    await bans.ban(ADMIN, banOf(ANN));
    await bans.refresh();
    expect(bans.shutsOut(ANN)).toBe(true);
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { userId: ANN } }]);
    failing.clear();
    await bans.refresh();
    await bans.refresh();
    expect(left).toEqual([ANN]);
  });

  test('is not tried again once the ban is lifted', async () => {
    const { bans, failing, left } = await openBans();
    failing.add(ANN);
    await bans.ban(ADMIN, banOf(ANN));
    failing.clear();
    await bans.unban(ADMIN, ANN);
    expect(left).toEqual([]);
  });
});
