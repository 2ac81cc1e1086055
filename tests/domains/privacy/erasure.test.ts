import { expect, test } from 'vitest';
import { Erasure } from '../../../domains/privacy/erasure.ts';
import type { Subject } from '../../../domains/privacy/user-data.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryUserData } from '../../support/memory-user-data.ts';
import { MemoryWriteBehindQueue } from '../../support/memory-write-behind-queue.ts';
import { silentLog } from '../../support/silent-log.ts';

const subject: Subject = { userId: 7, charIds: [1, 2], battleIds: [], opponentIds: [] };

function openErasure({ busyId = 0 } = {}) {
  const clock = new FixedClock();
  const steps: string[] = [];
  const step = (name: string) => () => {
    steps.push(name);
    return Promise.resolve();
  };
  class UserData extends MemoryUserData {
    override subjectOf = () => Promise.resolve(subject);
    override erase = step('database');
  }
  const writeBehind = new MemoryWriteBehindQueue(clock);
  const erasure = new Erasure({
    userData: new UserData(),
    userKeys: { read: () => Promise.resolve({}), erase: step('redis') },
    writeBehind,
    players: { forget: () => void steps.push('names') },
    isBusy: (charId) => Promise.resolve(charId === busyId),
    leaveArena: step('arena'),
    log: silentLog,
  });
  return { erasure, writeBehind, steps };
}

test('a user is erased from Redis, the database, the arena, and Redis again', async () => {
  const { erasure, steps } = openErasure();
  expect(await erasure.erase(7)).toBe('erased');
  expect(steps).toEqual(['redis', 'database', 'arena', 'arena', 'redis', 'names']);
});

test('nothing is erased while one of the characters searches or fights', async () => {
  const { erasure, steps } = openErasure({ busyId: 2 });
  expect(await erasure.isBusy(7)).toBe(true);
  expect(await erasure.erase(7)).toBe('busy');
  expect(steps).toEqual([]);
});

test.each([
  ['user', 7],
  ['session', 2],
] as const)(
  'nothing is erased while a process saves the %s, which stays dirty',
  async (kind, id) => {
    const { erasure, writeBehind, steps } = openErasure();
    const all = { sinceMs: Infinity, limit: 10 };
    await writeBehind.markDirty(kind, id);
    await writeBehind.leaseDirty(kind, all);
    await writeBehind.markDirty(kind, id);
    expect(await erasure.erase(7)).toBe('saving');
    expect(steps).toEqual([]);
    await writeBehind.acknowledge(kind, [id]);
    const dirty = await writeBehind.leaseDirty(kind, all);
    expect(dirty).toContain(id);
    await writeBehind.acknowledge(kind, dirty);
    expect(await erasure.erase(7)).toBe('erased');
  },
);
