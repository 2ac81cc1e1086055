import { expect, test } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { EraseReply } from '../../../domains/privacy/erasure.ts';
import { Retention } from '../../../domains/privacy/retention.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

interface Stored {
  readonly battles?: number;
  readonly users?: readonly number[];
  readonly battlesDays?: number;
  readonly usersDays?: number;
  readonly busy?: number;
}

function openRetention({ battles = 0, users = [], busy, ...days }: Stored) {
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const state = { battles, users: [...users], isAway: false, asked: [] as number[] };
  const retention = new Retention({
    retention: {
      deleteBattles: (beforeMs, limit) => {
        if (state.isAway) return Promise.reject(new OutageError('away'));
        state.asked.push(clock.now() - beforeMs);
        const deleted = Math.min(limit, state.battles);
        state.battles -= deleted;
        return Promise.resolve(deleted);
      },
      idleUsers: (_, limit) => Promise.resolve(state.users.slice(0, limit)),
    },
    erasure: {
      erase: (id): Promise<EraseReply> => {
        if (id === busy) return Promise.resolve('busy');
        state.users = state.users.filter((one) => one !== id);
        return Promise.resolve('erased');
      },
    },
    battlesDays: 365,
    usersDays: 0,
    ...days,
    clock,
    log,
  });
  return { retention, clock, log, state };
}

test('old battles are deleted one batch a call, then looked for once an hour', async () => {
  const { retention, clock, log, state } = openRetention({ battles: 450 });
  const left: number[] = [];
  for (let call = 0; call < 4; call += 1) {
    await retention.work();
    left.push(state.battles);
  }
  expect(left).toEqual([250, 50, 0, 0]);
  expect(state.asked).toEqual([365 * DAY, 365 * DAY, 365 * DAY]);
  expect(log.lines).toMatchObject([
    { message: 'old data deleted', facts: { battles: 450, users: 0 } },
  ]);
  clock.advance(HOUR);
  await retention.work();
  expect(state.asked).toHaveLength(4);
});

test('nothing is deleted with 0 days', async () => {
  const { retention, state } = openRetention({ battles: 5, users: [1], battlesDays: 0 });
  await retention.work();
  expect(state).toMatchObject({ battles: 5, users: [1], asked: [] });
});

test('idle users are erased, but not one who plays at this moment', async () => {
  const { retention, state, log } = openRetention({
    users: [1, 2, 3, 4, 5, 6, 7],
    usersDays: 400,
    busy: 2,
  });
  await retention.work();
  expect(state.users).toEqual([2, 6, 7]);
  expect(log.lines).toMatchObject([{ facts: { users: 4 } }]);
});

test('after an outage of the database the batch is tried again', async () => {
  const { retention, clock, state } = openRetention({ battles: 5 });
  state.isAway = true;
  await retention.work();
  state.isAway = false;
  clock.advance(10_000);
  await retention.work();
  expect(state.battles).toBe(0);
});
