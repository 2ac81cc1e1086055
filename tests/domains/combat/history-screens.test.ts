import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packAction, unpackAction } from '../../support/shipped-codec.ts';
import { renderScreen } from '../../../bot/screen-renderer.ts';
import { Translator } from '../../../bot/translator.ts';
import type { Side } from '../../../domains/combat/battle.ts';
import {
  type ArchivedBattle,
  type BattlePage,
  type BattleSummary,
  battleResults,
} from '../../../domains/combat/battle-archive.ts';
import { type HistoryPayload, historyScreen } from '../../../domains/combat/history-screens.ts';
import { replayArchived } from '../../../domains/combat/replay.ts';
import { replayScreen } from '../../../domains/combat/replay-screen.ts';
import { type Language, languages } from '../../../resources/texts/index.ts';
import { archivedBattle } from '../../support/archived-battles.ts';
import { longNames } from '../../support/longest-names.ts';
import { repetitions } from '../../support/repetitions.ts';

const names = fc.constantFrom('Ann', 'Богдан', ...longNames);
const languageNames = fc.constantFrom(...languages);
const sides = fc.constantFrom<Side>(0, 1);
const moments = fc.integer({ min: 0, max: 9_999_999_999_999 });
const ids = fc.stringMatching(/^[a-z0-9]{24}$/);
const cursors = fc.option(fc.record({ id: ids, endedAtMs: moments }));

const someone = fc.record({
  charId: fc.option(fc.constant(2 ** 52)),
  userId: fc.constant(null),
  name: names,
  gender: fc.constantFrom('male', 'female', null),
  gs: fc.constantFrom(1, 104, 2 ** 31),
  result: fc.constantFrom(...battleResults),
  ownMoves: fc.constant(null),
  monster: fc.constant(null),
});
const known = { id: ids, endedAtMs: moments, side: sides, own: someone, opponent: someone };
const summaries: fc.Arbitrary<BattleSummary> = fc.oneof(
  fc.record({ kind: fc.constant('damaged' as const), ...known }),
  fc.record({
    kind: fc.constant('whole' as const),
    ...known,
    mode: fc.constant('1v1' as const),
    reason: fc.constantFrom('knockout', 'surrender', 'idle', 'turn_limit'),
    turns: fc.integer({ min: 1, max: 9999 }),
    shadow: fc.constantFrom(null, 'novice', 'master'),
  }),
);
const pages: fc.Arbitrary<BattlePage> = fc.record({
  battles: fc.array(summaries, { maxLength: 5 }),
  newer: cursors,
  older: cursors,
});

/** Everything that is wrong with a screen for Telegram. */
function faultsOf(payload: HistoryPayload, language: Language): string[] {
  const translator = new Translator(language, { clientTime: true });
  const { html, keyboard } = renderScreen(payload, { translator, pack: packAction });
  const read = html.replaceAll(/<[^>]*>/g, '');
  const buttons = keyboard.inline_keyboard.flat();
  return [
    ...(Array.from(read).length >= 4096 ? ['too long'] : []),
    ...(/[{}]|undefined|null|NaN|history\./.test(html) ? [`a gap: ${html}`] : []),
    ...(buttons.length === 0 ? ['no way on'] : []),
    ...buttons.filter(({ text }) => text.trim() === '').map(() => 'a button without a word'),
    ...payload.buttons.flat().flatMap((button) => {
      const data = packAction(button);
      const asked = { action: button.action, ...('value' in button && { value: button.value }) };
      const isSame = JSON.stringify(unpackAction(data)) === JSON.stringify(asked);
      return isSame && Buffer.byteLength(data) <= 64 ? [] : [`lost on the way: ${data}`];
    }),
  ];
}

function written(payload: HistoryPayload, language: Language = 'en'): string {
  const translator = new Translator(language, { clientTime: false });
  const { html } = renderScreen(payload, { translator, pack: packAction });
  return html.replaceAll(/<[^>]*>/g, '').replaceAll('\u00a0', ' ');
}

function actionsOf(payload: HistoryPayload): string[] {
  return payload.buttons.map((row) => row.map(({ action }) => action).join(' '));
}

function summaryOf(n: number, change: Partial<ArchivedBattle> = {}): BattleSummary {
  const { id, mode, turns, outcome, endedAtMs, sides: both } = archivedBattle(n, change);
  const [own, opponent] = both;
  const { reason } = outcome;
  const ending = { turns, reason, endedAtMs, shadow: null };
  return { kind: 'whole', id, mode, ...ending, side: 0, own, opponent };
}

const cursor = { id: 'duel00000009', endedAtMs: 1 };

describe('a history screen', () => {
  test('fits into a Telegram message in every language', () => {
    fc.assert(
      fc.property(pages, languageNames, (page, language) => {
        expect(faultsOf(historyScreen(page), language)).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('shows result, opponent, length and date of each battle', () => {
    const endedAtMs = Date.UTC(2026, 10, 2, 14, 3);
    const battles = [summaryOf(7, { endedAtMs }), summaryOf(5, { endedAtMs })];
    const payload = historyScreen({ battles, newer: null, older: null });
    expect(written(payload)).toMatch(
      /^📜 FighterB’s battles\n\n1\. [🏆💀] Your Shadow · ⚙️ 100\n +\d+ rounds · 2026-11-02 14:03 UTC\n2\. 🤝 FighterC · /u,
    );
    expect(written(payload, 'ru')).toMatch(/Твоя Тень.*\n +\d+ раунд\S* · 02\.11\.2026 14:03/);
  });

  test.each([
    [null, null, ['history.replay history.replay', 'home']],
    [null, cursor, ['history.replay history.replay', 'history.older', 'home']],
    [cursor, null, ['history.replay history.replay', 'history.newer', 'home']],
    [cursor, cursor, ['history.replay history.replay', 'history.newer history.older', 'home']],
  ])('has a page button only for an existing page: newer %j, older %j', (newer, older, rows) => {
    const battles = [summaryOf(1), summaryOf(2)];
    expect(actionsOf(historyScreen({ battles, newer, older }))).toEqual(rows);
  });

  test('lists a damaged battle without a replay button', () => {
    const { id, endedAtMs, side, own, opponent } = summaryOf(1);
    const damaged: BattleSummary = { kind: 'damaged', id, endedAtMs, side, own, opponent };
    const payload = historyScreen({
      battles: [damaged, summaryOf(2)],
      newer: null,
      older: null,
    });
    expect(written(payload)).toMatch(/1\. .*\n +this record is damaged/);
    expect(payload.buttons[0]).toMatchObject([{ value: { place: 2 } }]);
  });

  test('invites to the arena when there are no battles', () => {
    const payload = historyScreen({ battles: [], newer: null, older: null });
    expect(payload.title.key).toBe('history.empty.title');
    expect(actionsOf(payload)).toEqual(['home']);
  });
});

describe('a replay screen', () => {
  function replayOf(n: number, step: number, side: Side = 0): HistoryPayload {
    const archived = archivedBattle(n);
    return replayScreen({ archived, steps: replayArchived(archived) ?? [], side, step, place: 5 });
  }

  test('fits into a Telegram message at every step in every language', () => {
    const battleNumbers = fc.nat(200);
    fc.assert(
      fc.property(battleNumbers, ids, names, (n, id, name) => {
        const archivedOne = archivedBattle(n);
        const [own, opponent] = archivedOne.sides;
        const renamed: ArchivedBattle['sides'] = [
          { ...own, name },
          { ...opponent, name },
        ];
        const archived = { ...archivedOne, id, sides: renamed };
        const steps = replayArchived(archived) ?? [];
        for (const [index] of steps.entries()) {
          for (const [side, language] of [
            [0, 'en'],
            [1, 'ru'],
          ] as const) {
            const facts = { archived, steps, side, step: index + 1, place: 5 };
            expect(faultsOf(replayScreen(facts), language)).toEqual([]);
          }
        }
      }),
      { numRuns: repetitions({ short: 15, full: 60 }), seed: 2 },
    );
  });

  test('shows both fighters, their moves, the events and their vitals', () => {
    const shown = written(replayOf(1, 2));
    expect(shown).toMatch(/^🎞 Replay · round 2 of \d+\n\n🟢 FighterB ⚔️ 🔴 FighterC\n1970-/u);
    expect(shown).toMatch(/\n🟢 🗡 \w+ 🛡 \w+.*\n🔴 🗡 \w+ 🛡 \w+.*\n[🟢🔴]→/u);
    expect(shown).toContain('🟢 FighterB · Duelist');
    expect(shown.match(/❤️ [▰▱]{10} \d+\/\d+/gu)).toHaveLength(2);
  });

  test('follows the gender of each fighter, where the battle stores it', () => {
    const { sides: both, ...battle } = archivedBattle(1);
    const of = (gender: 'female' | null) => {
      const sides: ArchivedBattle['sides'] = [{ ...both[0], gender }, both[1]];
      const archived = { ...battle, sides };
      const steps = replayArchived(archived) ?? [];
      return written(replayScreen({ archived, steps, side: 0, step: 1, place: 1 }), 'ru');
    };
    expect(of('female')).toContain('🟢 FighterB · Дуэлянтка');
    expect(of(null)).toContain('🟢 FighterB · Дуэлянт\n');
  });

  test('shows the side of the reader first', () => {
    const shown = written(replayOf(1, 1, 1));
    expect(shown).toContain('🟢 FighterC ⚔️ 🔴 FighterB');
    expect(shown).toMatch(/🟢 🗡[^]*🔴 🗡[^]*🟢 FighterC · [^]*🔴 FighterB · /u);
  });

  test('shows the result only at the last step', () => {
    const { inputs, sides: both } = archivedBattle(1);
    const verdict = /🏆 Victory!|💀 Defeat|🤝 A draw/u;
    for (const [index] of inputs.entries()) {
      expect(verdict.test(written(replayOf(1, index + 1)))).toBe(index + 1 === inputs.length);
    }
    const word = { won: 'Victory', lost: 'Defeat', drawn: 'draw' }[both[1].result];
    expect(written(replayOf(1, inputs.length, 1))).toContain(word);
  });

  test('names the side that surrendered', () => {
    const surrendered = Array.from({ length: 60 }, (_, n) => n).filter(
      (n) => archivedBattle(n).outcome.reason === 'surrender',
    );
    expect(surrendered.length).toBeGreaterThan(3);
    for (const n of surrendered) {
      const { inputs } = archivedBattle(n);
      const shown = written(replayOf(n, inputs.length));
      expect(shown).toMatch(/^🎞 Replay · the end, (before the first round|after 2 rounds)\n/u);
      expect(shown).toMatch(/🏳️ .*Fighter\w surrenders\. /u);
      expect(shown).not.toContain('🗡');
    }
  });

  test('keeps its buttons in the same places and replaces those without a target by a dot', () => {
    const last = archivedBattle(1).inputs.length;
    const row = (step: number) =>
      replayOf(1, step).buttons[0]?.map(({ label, ...action }) => {
        const to = 'value' in action && typeof action.value === 'object' ? action.value : {};
        return [label.key.split('.').at(-1), 'step' in to ? to.step : null];
      });
    const nowhere = (step: number) => ['nowhere', step];
    expect(row(1)).toEqual([nowhere(1), nowhere(1), ['on', 2], ['last', last]]);
    expect(row(2)).toEqual([
      ['first', 1],
      ['back', 1],
      ['on', 3],
      ['last', last],
    ]);
    expect(row(last)).toEqual([['first', 1], ['back', last - 1], nowhere(last), nowhere(last)]);
    expect(row(9999)).toEqual(row(last));
  });

  test('has no step buttons when there is only one step', () => {
    const n = Array.from({ length: 60 }, (_, at) => at).find(
      (at) => archivedBattle(at).inputs.length === 1,
    );
    expect(actionsOf(replayOf(n ?? -1, 1))).toEqual(['history.page']);
  });
});
