import { readdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import type { QueueRequest } from '../../../domains/arena/arena-store.ts';
import { keys } from '../../../redis/keys.ts';
import { claimMatch } from '../../../redis/scripts/claim-match.ts';
import { claimTraining } from '../../../redis/scripts/claim-training.ts';
import { createBattle } from '../../../redis/scripts/create-battle.ts';
import { dropExpired } from '../../../redis/scripts/drop-expired.ts';
import { freeSeat } from '../../../redis/scripts/free-seat.ts';
import { getPlace } from '../../../redis/scripts/get-place.ts';
import { holdBotId } from '../../../redis/scripts/hold-bot-id.ts';
import { postponeCheck } from '../../../redis/scripts/postpone-check.ts';
import { raiseCharacterNumber } from '../../../redis/scripts/raise-character-number.ts';
import { joinQueue } from '../../../redis/scripts/join-queue.ts';
import { leaseChecks } from '../../../redis/scripts/lease-checks.ts';
import { leaveQueue } from '../../../redis/scripts/leave-queue.ts';
import { recordTimerHeartbeat } from '../../../redis/scripts/record-timer-heartbeat.ts';
import { releaseChat } from '../../../redis/scripts/release-chat.ts';
import { renewChat } from '../../../redis/scripts/renew-chat.ts';
import { restoreRequest } from '../../../redis/scripts/restore-request.ts';
import { deleteMatch } from '../../../redis/scripts/delete-match.ts';
import { swapBattle } from '../../../redis/scripts/swap-battle.ts';
import { swapJson } from '../../../redis/scripts/swap-json.ts';
import { swapText } from '../../../redis/scripts/swap-text.ts';
import { takeChat } from '../../../redis/scripts/take-chat.ts';
import { leaseDirty } from '../../../redis/scripts/lease-dirty.ts';
import { readList } from '../../../redis/scripts/read-list.ts';
import { serverTime } from '../../../redis/scripts/server-time.ts';

const mode = '1v1';
const side = (charId: number): QueueRequest => {
  return { charId, userId: charId, mode, gs: 100, startTimeMs: 1 };
};
const match = { id: 'm1', mode, seeker: side(1), opponent: side(2), claimedAtMs: 1 } as const;
const training = { ...match, id: 'm2', seeker: side(3), opponent: null, level: 'novice' } as const;
const battle = { id: 'm1', version: 1, state: '{}' };
const time = { nowMs: 1, requestTtlMs: 1, untilMs: 1 };

const terms = {
  matchId: 'm1',
  widening: [{ afterMs: 0, share: 0.15 }],
  blockedUserIds: [],
  range: { minGs: 1, maxGs: 2, aroundGs: 1, limit: 1 },
};

/** One call of every script, with different ids. */
const calls: Readonly<Record<string, (client: Redis) => Promise<unknown>>> = {
  'claim-match': (client) => claimMatch(client, match, time),
  'claim-training': (client) => claimTraining(client, training, time),
  'create-battle': (client) => createBattle(client, battle),
  'drop-expired': (client) => dropExpired(client, { charId: 1, mode }, time),
  'free-seat': (client) => freeSeat(client, 1, 'm1'),
  'get-place': (client) => getPlace(client, 1),
  'hold-bot-id': (client) => holdBotId(client, 1),
  'raise-character-number': (client) => raiseCharacterNumber(client, 1),
  'read-list': (client) => readList(client, { scope: '3', of: 'all', charId: 1, unit: 2 }),
  'join-queue': (client) => joinQueue(client, side(1), { ...terms, ...time }),
  'lease-checks': (client) => leaseChecks(client, { nowMs: 1, untilMs: 2, limit: 1 }),
  'postpone-check': (client) => postponeCheck(client, 'm1', { untilMs: 1, dueAtMs: 2 }),
  'leave-queue': (client) => leaveQueue(client, 1, mode),
  'record-timer-heartbeat': (client) =>
    recordTimerHeartbeat(client, { nowMs: 1, maxGapMs: 1, mergeGapMs: 0 }),
  'release-chat': (client) => releaseChat(client, 7, { token: 'a', screen: '' }),
  'renew-chat': (client) => renewChat(client, 7, { token: 'a', leaseMs: 1 }),
  'restore-request': (client) => restoreRequest(client, side(1), { matchId: 'm1', leftMs: 1 }),
  'delete-match': (client) => deleteMatch(client, 'm1'),
  'swap-battle': (client) => swapBattle(client, battle),
  'swap-json': (client) =>
    swapJson(client, { key: keys.account(1), path: '$', expected: '[]', text: '{}' }),
  'swap-text': (client) => swapText(client, { key: keys.account(1), expected: null, text: '{}' }),
  'take-chat': (client) => takeChat(client, 7, { token: 'a', leaseMs: 1 }),
  'lease-dirty': (client) => leaseDirty(client, { kind: 'session', id: 1 }, time),
  'server-time': (client) => serverTime(client),
};

const folder = new URL('../../../redis/scripts/', import.meta.url);
const stems = readdirSync(folder)
  .filter((name) => name.endsWith('.lua'))
  .map((name) => name.slice(0, -'.lua'.length));

/** The keys of the script call. */
async function keysOf(call: (client: Redis) => Promise<unknown>): Promise<string[]> {
  const client = new Redis({ lazyConnect: true });
  const seen: string[][] = [];
  const evalsha = (_digest: string, count: number, ...rest: string[]) => {
    seen.push(rest.slice(0, count));
    return Promise.resolve('no word of any script');
  };
  Object.assign(client, { evalsha });
  await call(client).catch(() => null);
  client.disconnect();
  expect(seen).toHaveLength(1);
  return seen.flat();
}

/** Keys with the same hash tag have the same slot. */
function slotPartOf(key: string): string {
  return /\{([^}]+)\}/.exec(key)?.[1] ?? key;
}

describe('the keys of one call share a cluster slot', () => {
  test('every script has a call', () => {
    expect(Object.keys(calls).toSorted()).toEqual(stems.toSorted());
  });

  test.each(stems)('%s', async (stem) => {
    const touched = await keysOf(calls[stem] ?? (() => Promise.reject(new Error('no call'))));
    expect(touched.length).toBeGreaterThan(0);
    expect(new Set(touched.map(slotPartOf)).size).toBe(1);
  });
});
