import { beforeEach, describe, expect, test } from 'vitest';
import type { HistoryAction } from '../../../domains/combat/history-action.ts';
import { HistoryService } from '../../../domains/combat/history-service.ts';
import { historyActionSchema } from '../../../domains/combat/history-action.ts';
import { type Reply, refused } from '../../../domains/core/reply.ts';
import { type Text, type TextKey, text } from '../../../domains/core/text.ts';
import { archivedBattle, endedId } from '../../support/archived-battles.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryBattleArchive } from '../../support/memory-battle-archive.ts';
import { RecordingLog } from '../../support/recording-log.ts';

/** The first fighter of the test battles. */
const reader = { userId: 1001, charId: 1 };
const history: HistoryAction = { action: 'history' };

let archive: MemoryBattleArchive;
let log: RecordingLog;
let clock: FixedClock;
let service: HistoryService;
beforeEach(() => {
  archive = new MemoryBattleArchive();
  log = new RecordingLog();
  clock = new FixedClock();
  service = new HistoryService({ archive, clock, log });
});

/** Archives battles 0 to `count` - 1, each later than the one before. */
async function fought(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await archive.store(archivedBattle(n));
}

function replayOf(n: number, step = 1, place = 1): HistoryAction {
  return { action: 'history.replay', value: { battleId: endedId(n), step, place } };
}

function shown(reply: Reply) {
  if (reply.kind !== 'shown') throw new Error(`Nothing was shown: ${JSON.stringify(reply)}`);
  return reply.payload;
}

/** The numbers of the battles on a page. */
function listed(reply: Reply): number[] {
  return shown(reply)
    .buttons.flat()
    .map(({ action, value }) => historyActionSchema.safeParse({ action, value }).data)
    .flatMap((one) => (one?.action === 'history.replay' ? [one.value.battleId] : []))
    .map((id) => Number(id.slice(4)));
}

/** The action of the only button of this name. */
function asked(reply: Reply, action: HistoryAction['action']): HistoryAction {
  const button = shown(reply)
    .buttons.flat()
    .find((one) => one.action === action);
  return historyActionSchema.parse(
    button === undefined || !('value' in button) ? null : { action, value: button.value },
  );
}

const homeScreen = { screen: 'home', title: text('bot.error'), body: [], buttons: [] };

function act(who: typeof reader, action: HistoryAction): Promise<Reply> {
  const home = (notice: Text) => Promise.resolve(refused(notice, homeScreen));
  return service.act({ ...who, home }, action);
}

function homeWith(notice: TextKey): Reply {
  return refused(text(notice), homeScreen);
}

function problems(): string[] {
  return log.lines.filter(({ level }) => level !== 'info').map(({ message }) => message);
}

describe('the history', () => {
  test('shows the empty screen without battles', async () => {
    await fought(3);
    const reply = await act({ userId: 9, charId: 9 }, history);
    expect(shown(reply).title.key).toBe('history.empty.title');
  });

  test('pages five battles at a time to the first battle and back', async () => {
    await fought(12);
    const pages = [await act(reader, history)];
    for (const action of ['older', 'older', 'newer', 'newer'] as const) {
      const last = pages.at(-1);
      if (last !== undefined) pages.push(await act(reader, asked(last, `history.${action}`)));
    }
    const [latest, middle, first] = [
      [11, 10, 9, 8, 7],
      [6, 5, 4, 3, 2],
      [1, 0],
    ];
    expect(pages.map(listed)).toEqual([latest, middle, first, middle, latest]);
    const rows = pages.map((page) => shown(page).buttons.map((row) => row.at(0)?.action));
    expect(rows[0]).toEqual(['history.replay', 'history.older', 'home']);
    expect(rows[4]).toEqual(['history.replay', 'history.older', 'home']);
    expect(rows[2]).toEqual(['history.replay', 'history.newer', 'home']);
  });

  test('shows battles fought meanwhile on the way back to the first page', async () => {
    await fought(7);
    const older = await act(reader, asked(await act(reader, history), 'history.older'));
    expect(listed(older)).toEqual([1, 0]);
    await archive.store(archivedBattle(7));
    const newer = await act(reader, asked(older, 'history.newer'));
    expect(listed(newer)).toEqual([6, 5, 4, 3, 2]);
    // A page with one battle only is replaced by the latest battles.
    expect(listed(await act(reader, asked(newer, 'history.newer')))).toEqual([7, 6, 5, 4, 3]);
  });

  test.each(['history.older', 'history.newer'] as const)(
    'shows the latest page for %s of an unknown battle',
    async (action) => {
      await fought(3);
      const endedAtMs = action === 'history.older' ? 0 : 9_999_999_999_999;
      const reply = await act(reader, { action, value: { endedAtMs, battleId: 'x' } });
      expect(listed(reply)).toEqual([2, 1, 0]);
    },
  );

  test('shows only the own battles of a character', async () => {
    await fought(8);
    const opponent = { userId: 1002, charId: 2 };
    // Battles 0 and 7 were against the Shadow.
    expect(listed(await act(opponent, history))).toEqual([6, 5, 4, 3, 2]);
    expect(
      listed(await act(opponent, asked(await act(opponent, history), 'history.older'))),
    ).toEqual([1]);
  });
});

describe('a replay', () => {
  test('goes from the first step to the last', async () => {
    await fought(2);
    const steps = archivedBattle(1).inputs.length;
    const titles = [];
    for (let step = 1; step <= steps; step += 1) {
      const { title } = shown(await act(reader, replayOf(1, step)));
      titles.push(title.args);
    }
    expect(titles).toEqual(titles.map((_, index) => ({ turn: index + 1, count: steps })));
    expect(steps).toBeGreaterThan(1);
  });

  test.each([1, 3, 5])('leads back to its page from place %i', async (place) => {
    await fought(12);
    const page = await act(reader, asked(await act(reader, history), 'history.older'));
    const opened = shown(page).buttons[0]?.[place - 1];
    const replay = await act(reader, historyActionSchema.parse(actionOf(opened)));
    await archive.store(archivedBattle(12));
    const back = await act(reader, asked(replay, 'history.page'));
    expect(listed(back)).toEqual(listed(page));
    const latest = await act(reader, replayOf(11, 1, 1));
    expect(listed(await act(reader, asked(latest, 'history.page')))[0]).toBe(11);
  });

  test('leads back to the latest page', async () => {
    await fought(12);
    const replay = await act(reader, replayOf(9, 2, 3));
    expect(listed(await act(reader, asked(replay, 'history.page')))).toEqual([11, 10, 9, 8, 7]);
  });

  test('shows to both fighters their own side first', async () => {
    await fought(2);
    const other = { userId: 1002, charId: 2 };
    const [own, theirs] = [
      shown(await act(reader, replayOf(1))),
      shown(await act(other, replayOf(1))),
    ];
    expect(own.body[0]?.args).toMatchObject({ own: { args: { name: 'FighterB' } } });
    expect(theirs.body[0]?.args).toMatchObject({ own: { args: { name: 'FighterC' } } });
  });

  test('is open to a user who plays another character now', async () => {
    await fought(2);
    expect(shown(await act({ userId: 1001, charId: 77 }, replayOf(1))).screen).toBe('replay');
  });

  test('is refused to users who did not fight, even against a Shadow', async () => {
    await fought(8);
    const outsider = { userId: 1003, charId: 3 };
    for (const n of [1, 7]) {
      expect(await act(outsider, replayOf(n))).toEqual(homeWith('battle.notice.not_yours'));
    }
  });

  test('is refused for an unknown battle', async () => {
    expect(await act(reader, replayOf(1))).toEqual(homeWith('history.notice.unknown'));
    expect(problems()).toEqual([]);
  });
});

describe('a damaged battle', () => {
  test('is refused, logged once with its id, and does not affect other battles', async () => {
    await fought(3);
    const { id } = archivedBattle(1);
    archive.damaged.add(id);
    const replies = [await act(reader, replayOf(1)), await act(reader, replayOf(1, 2))];
    expect(replies).toEqual(Array(2).fill(homeWith('history.notice.damaged')));
    expect(listed(await act(reader, history))).toEqual([2, 0]);
    expect(shown(await act(reader, replayOf(2))).screen).toBe('replay');
    expect(log.lines.map(({ facts }) => facts['battleId'])).toEqual([id]);
  });

  test('is logged once even among a thousand damaged battles', async () => {
    for (let n = 0; n <= 1_000; n += 1) {
      archive.damaged.add(endedId(n));
      await act(reader, replayOf(n));
    }
    expect(log.lines).toHaveLength(1_001);
    for (let n = 1; n < 1_000; n += 1) await act(reader, replayOf(n));
    expect(log.lines).toHaveLength(1_001);
  });

  test('is one whose replay has another outcome', async () => {
    const { inputs } = archivedBattle(1);
    await archive.store(archivedBattle(1, { inputs: inputs.slice(0, -1) }));
    expect(await act(reader, replayOf(1))).toEqual(homeWith('history.notice.damaged'));
    expect(problems()).toEqual(['archived battle damaged']);
  });
});

describe('a battle of unknown rules', () => {
  test('is listed and refused as damaged', async () => {
    await archive.store(archivedBattle(1, { rules: 99 }));
    expect(listed(await act(reader, history))).toEqual([1]);
    expect(await act(reader, replayOf(1))).toEqual(homeWith('history.notice.damaged'));
    expect(problems()).toEqual(['archived battle damaged']);
  });
});

describe('an unavailable archive', () => {
  test('is shown as a notice and logged once for many taps', async () => {
    await fought(2);
    archive.isDown = true;
    for (const action of [history, replayOf(1), history]) {
      expect(await act(reader, action)).toEqual(homeWith('history.notice.away'));
      clock.advance(6_000);
    }
    expect(problems()).toEqual(['battle history unavailable']);
    archive.isDown = false;
    expect(listed(await act(reader, history))).toEqual([1, 0]);
    expect(log.lines.at(-1)?.message).toBe('battle history available again');
    archive.isDown = true;
    await act(reader, history);
    expect(problems()).toHaveLength(2);
  });

  test('is not asked again for five seconds', async () => {
    archive.isDown = true;
    await act(reader, history);
    const before = archive.callCount;
    archive.isDown = false;
    clock.advance(4_999);
    expect(await act(reader, history)).toEqual(homeWith('history.notice.away'));
    expect(archive.callCount).toBe(before);
    clock.advance(1);
    expect((await act(reader, history)).kind).toBe('shown');
  });
});

function actionOf(button: object | undefined): unknown {
  return button === undefined
    ? null
    : Object.fromEntries(
        Object.entries(button).filter(([field]) => field === 'action' || field === 'value'),
      );
}
