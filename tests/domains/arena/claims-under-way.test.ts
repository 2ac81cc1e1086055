import { beforeEach, describe, expect, test } from 'vitest';
import type { ClaimReply, Match, QueueRequest } from '../../../domains/arena/arena-store.ts';
import { ClaimsUnderWay } from '../../../domains/arena/claims-under-way.ts';

/** A claim that was sent, and waits for its answer. */
interface Sent {
  readonly id: string;
  readonly answer: (reply: ClaimReply) => void;
  readonly fail: () => void;
}

let claims: ClaimsUnderWay;
let sent: Sent[];
beforeEach(() => {
  claims = new ClaimsUnderWay();
  sent = [];
});

function sideOf(charId: number): QueueRequest {
  return { charId, userId: charId, mode: '1v1', gs: 100, startTimeMs: 0 };
}

function claim(id: string, seekerId: number, opponentId: number | null): Promise<ClaimReply> {
  const opponent = opponentId === null ? null : sideOf(opponentId);
  const match: Match = { id, mode: '1v1', seeker: sideOf(seekerId), opponent, claimedAtMs: 0 };
  return claims.claim(match, () => {
    return new Promise((answer, reject) => {
      sent.push({
        id,
        answer,
        fail: () => {
          reject(new Error('gone away'));
        },
      });
    });
  });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const sentIds = () => sent.map(({ id }) => id).join();

describe('a claim while another is under way', () => {
  test('of others is sent at once', () => {
    void claim('a', 1, 2);
    void claim('b', 3, 4);
    expect(sentIds()).toBe('a,b');
  });

  test.each([
    ['opponent_gone', 3, 2],
    ['opponent_gone', 3, 1],
    ['seeker_gone', 2, 3],
    ['seeker_gone', 1, null],
  ] as const)('that takes a side of it is not sent: %s', async (reply, seekerId, opponentId) => {
    void claim('a', 1, 2);
    const late = claim('b', seekerId, opponentId);
    sent[0]?.answer('claimed');
    expect(await late).toBe(reply);
    expect(sentIds()).toBe('a');
  });

  test.each(['seeker_gone', 'opponent_gone'] as const)(
    'that takes nobody is sent: %s',
    async (word) => {
      void claim('a', 1, 2);
      const late = claim('b', 3, 2);
      sent[0]?.answer(word);
      await settled();
      expect(sentIds()).toBe('a,b');
      sent[1]?.answer('claimed');
      expect(await late).toBe('claimed');
    },
  );

  test('that fails is sent, and the failure is its own', async () => {
    const first = claim('a', 1, 2);
    const late = claim('b', 3, 2);
    sent[0]?.fail();
    await expect(first).rejects.toThrow('gone away');
    await settled();
    expect(sentIds()).toBe('a,b');
    sent[1]?.answer('claimed');
    expect(await late).toBe('claimed');
  });

  test('of which two wait for the same sends one of them, the other waits on', async () => {
    void claim('a', 1, 2);
    const late = [claim('b', 3, 2), claim('c', 4, 2)];
    sent[0]?.answer('opponent_gone');
    await settled();
    expect(sentIds()).toBe('a,b');
    sent[1]?.answer('claimed');
    expect(await Promise.all(late)).toEqual(['claimed', 'opponent_gone']);
  });
});

test('once it has ended, a claim is in nobody’s way', async () => {
  const first = claim('a', 1, 2);
  sent[0]?.answer('claimed');
  await first;
  void claim('b', 3, 2);
  expect(sentIds()).toBe('a,b');
});
