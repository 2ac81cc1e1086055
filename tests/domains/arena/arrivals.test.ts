import { beforeEach, describe, expect, test } from 'vitest';
import type {
  Admission,
  AdmissionFailure,
  AdmissionReply,
  Arrival,
  QueueRequest,
  Surveyed,
} from '../../../domains/arena/arena-store.ts';
import { Arrivals } from '../../../domains/arena/arrivals.ts';
import { FixedClock } from '../../support/clock.ts';
import { shippedRules } from '../../support/couples.ts';

const MODE = '1v1';

/** Who waits is seen by everybody; every step is noted, and may be held up. */
class Door {
  readonly steps: string[] = [];
  readonly waiting: Surveyed['seeker'][] = [];
  words: (AdmissionReply | AdmissionFailure)[] = [];
  held: Promise<void> = Promise.resolve();

  survey(_: string, arrivals: readonly Arrival[]): Promise<Surveyed[]> {
    this.steps.push(`look ${arrivals.map(({ request }) => request.charId).join()}`);
    const sight = { others: [...this.waiting], horizon: null };
    const seen = arrivals.map(({ request }) => ({
      seeker: { ...request, lastOpponentId: null },
      sight,
    }));
    return Promise.resolve(seen);
  }

  async letIn(_: string, admissions: readonly Admission[]) {
    this.steps.push(`in ${admissions.map(nameOf).join()}`);
    await this.held;
    return admissions.map(
      (one, index) => this.words[index] ?? (one.kind === 'waits' ? 'queued' : 'claimed'),
    );
  }
}

function nameOf(one: Admission): string {
  if (one.kind === 'waits') return String(one.newcomer.charId);
  return `${one.match.seeker.charId}+${one.match.opponent?.charId ?? 'Shadow'}`;
}

const clock = new FixedClock();
let door: Door;
let arrivals: Arrivals;
let turns: (() => void)[];
beforeEach(() => {
  door = new Door();
  turns = [];
  let ids = 0;
  arrivals = new Arrivals({
    arena: door,
    clock,
    entropy: { id: () => `m${(ids += 1)}`, seed: () => '' },
    rules: shippedRules,
    afterTurn: (act) => turns.push(act),
  });
});

function requestOf(charId: number, gs = 100): QueueRequest {
  return { charId, userId: 1_000 + charId, mode: MODE, gs, startTimeMs: clock.now() };
}

function join(...charIds: number[]) {
  return charIds.map((charId) => arrivals.arrive(requestOf(charId)));
}

function endTurn(): void {
  for (const act of turns.splice(0)) act();
}

async function kindsOf(all: readonly Promise<{ readonly kind: string }>[]): Promise<string> {
  return (await Promise.all(all)).map(({ kind }) => kind).join(' ');
}

describe('those who join in one turn', () => {
  test('look around in one step and come in by another', async () => {
    const all = join(1, 2, 3);
    expect(door.steps).toEqual([]);
    endTurn();
    expect(await kindsOf(all)).toBe('matched matched queued');
    expect(door.steps).toEqual(['look 1,2,3', 'in 2+1,3', 'look 3']);
  });

  test('are both told of their match', async () => {
    const all = join(1, 2);
    endTurn();
    const matches = (await Promise.all(all)).map((one) => one.kind === 'matched' && one.match.id);
    expect(matches).toEqual(['m1', 'm1']);
  });

  test('are no more than Redis does in a moment: the next begin another step', async () => {
    const all = join(...Array.from({ length: 65 }, (_, index) => index + 1));
    endTurn();
    await Promise.all(all);
    const looks = door.steps.filter((step) => step.startsWith('look'));
    // The last one looks again from his place in the queue.
    expect(looks.map((step) => step.split(',').length)).toEqual([64, 1, 1]);
  });

  test('by two taps of one character are let in one after the other', async () => {
    const all = join(1, 1);
    endTurn();
    await Promise.all(all);
    expect(door.steps.filter((step) => step.startsWith('in'))).toEqual(['in 1', 'in 1']);
  });

  test('and one of the next turn do not wait for each other', async () => {
    const first = join(1);
    endTurn();
    await Promise.all(first);
    const second = join(2);
    expect(turns).toHaveLength(1);
    endTurn();
    expect(await kindsOf(second)).toBe('queued');
  });
});

describe('those who have to wait', () => {
  test('look again once they wait: who came in meanwhile is seen', async () => {
    door.waiting.push({ ...requestOf(8, 500), lastOpponentId: null });
    const [alone] = join(1);
    endTurn();
    expect(await alone).toMatchObject({ kind: 'queued', seesSomebody: false });
    const letIn = door.letIn.bind(door);
    door.letIn = async (mode, admissions) => {
      door.waiting.push({ ...requestOf(9), lastOpponentId: null });
      return letIn(mode, admissions);
    };
    const [late] = join(2);
    endTurn();
    expect(await late).toMatchObject({ kind: 'queued', seesSomebody: true });
  });

  test('all look by one step, and keep nobody who is matched', async () => {
    const survey = door.survey.bind(door);
    const all = [...join(1, 2), ...[300, 500].map((gs) => arrivals.arrive(requestOf(gs, gs)))];
    door.survey = (mode, wishes) =>
      door.steps.length < 2 ? survey(mode, wishes) : Promise.reject(new Error('gone away'));
    endTurn();
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status).join(' ')).toBe(
      'fulfilled fulfilled rejected rejected',
    );
    door.survey = survey;
    const others = [100, 300, 500].map((gs) => arrivals.arrive(requestOf(gs, gs)));
    endTurn();
    await Promise.all(others);
    expect(door.steps.at(-1)).toBe('look 100,300,500');
  });
});

describe('who is not let in', () => {
  test.each(['already_queued', 'seated'] as const)('is told why: %s', async (word) => {
    door.words = [word];
    const all = join(1);
    endTurn();
    expect(await kindsOf(all)).toBe(word);
  });

  test('is turned down with his opponent, where that is gone', async () => {
    door.words = ['opponent_gone'];
    const all = join(1, 2);
    endTurn();
    expect(await kindsOf(all)).toBe('turned_down turned_down');
  });

  test('keeps the other of the two out, whose turn comes by himself', async () => {
    door.words = ['seated'];
    const all = join(1, 2);
    endTurn();
    expect(await kindsOf(all)).toBe('turned_down seated');
  });

  test('because Redis refuses him alone hears of it, and nobody else', async () => {
    door.words = [{ cause: new Error('no room for 2') }];
    const [one, two, three] = join(1, 2, 3);
    endTurn();
    await expect(two).rejects.toThrow('no room for 2');
    expect(await kindsOf([one, three].flatMap((arrived) => arrived ?? []))).toBe(
      'turned_down queued',
    );
  });

  test('because Redis fails hears of it, as all do who came with him', async () => {
    door.letIn = () => Promise.reject(new Error('gone away'));
    const all = join(1, 2);
    endTurn();
    const failed = await Promise.allSettled(all);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

test('whoever is told nothing, for whatever reason, does not wait for ever', async () => {
  door.survey = () => Promise.resolve([]);
  const [joining] = join(1);
  for (const turn of turns.splice(0)) turn();
  await expect(joining).rejects.toThrow('told nothing');
});

test('who is being claimed is nobody else’s until that has gone wrong', async () => {
  door.waiting.push({ ...requestOf(9), lastOpponentId: null });
  let letGo = () => {};
  door.held = new Promise((resolve) => {
    letGo = resolve;
  });
  const first = join(1);
  endTurn();
  await new Promise((resolve) => setImmediate(resolve));
  const second = join(2);
  endTurn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(door.steps).toEqual(['look 1', 'in 1+9', 'look 2', 'in 2']);
  letGo();
  await Promise.all([...first, ...second]);
  const third = join(3);
  endTurn();
  await Promise.all(third);
  expect(door.steps.at(-1)).toBe('in 3+9');
});
