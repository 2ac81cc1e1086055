import { newJourney } from '../../domains/inventory/journey.ts';
import { describe, expect, test } from 'vitest';
import { parseHtml } from 'telegram-sandbox/testing';
import { renderScreen } from '../../bot/screen-renderer.ts';
import { Translator } from '../../bot/translator.ts';
import { battlePage } from '../../domains/admin/battle-pages.ts';
import { archetypes } from '../../domains/account/account-context.ts';
import { deleteScreen, lobbyScreen, manageScreen } from '../../domains/account/account-screens.ts';
import { contextOf } from '../../domains/account/account-session-service.ts';
import type { Character } from '../../domains/account/character.ts';
import { checkName } from '../../domains/account/name-rules.ts';
import { onboardingScreen } from '../../domains/account/onboarding-screens.ts';
import { mainMenuScreen, searchScreen } from '../../domains/arena/arena-screens.ts';
import { resultScreen } from '../../domains/arena/result-screen.ts';
import { trainingScreen } from '../../domains/arena/training-screen.ts';
import type { ArchivedBattle, BattleSummary } from '../../domains/combat/battle-archive.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { battleScreen, surrenderScreen } from '../../domains/combat/battle-screen.ts';
import { characterScreen } from '../../domains/skills/character-screen.ts';
import { blockScreen, opponentScreen } from '../../domains/combat/opponent-screen.ts';
import { listScreen } from '../../domains/rating/ladder-screens.ts';
import { historyScreen } from '../../domains/combat/history-screens.ts';
import { replayArchived } from '../../domains/combat/replay.ts';
import { replayScreen } from '../../domains/combat/replay-screen.ts';
import { text } from '../../domains/core/text.ts';
import { achievementKeys } from '../../domains/profile/battle-profile.ts';
import { countKeys } from '../../domains/profile/character-counts.ts';
import { achievementsScreen, profileScreen } from '../../domains/profile/profile-screens.ts';
import type { CharacterRecord } from '../../domains/combat/character-record.ts';
import { blocksScreen } from '../../domains/privacy/privacy-screens.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { BATTLES_ON_A_PAGE } from '../../resources/numbers/history.ts';
import { languages } from '../../resources/texts/index.ts';
import { archivedBattle, endedRecord } from '../support/archived-battles.ts';
import { freshBattle } from '../support/battle-setup.ts';
import { LEGACY_NAMES, longNames } from '../support/longest-names.ts';
import { repetitions } from '../support/repetitions.ts';
import { packAction } from '../support/shipped-codec.ts';

type Screens = Iterable<UiPayload>;
const BATTLES = repetitions({ short: 2, full: 40 });
/** The longest number. */
const gs = 2 ** 31;

function characterOf(name: string, id: number): Character {
  return {
    character_id: id,
    user_id: 7,
    name,
    gender: 'female',
    archetype: archetypes[id % archetypes.length] ?? 'warrior',
    location_id: 'start_village',
    vitals_snapshot: null,
    created_at: '2026-01-01T00:00:00.000Z',
  };
}

function* accountScreens(name: string): Screens {
  const four = [1, 2, 3, 4].map((id) => characterOf(name, id));
  yield lobbyScreen(four);
  yield lobbyScreen([], name);
  yield manageScreen(four, 1);
  yield blocksScreen(
    [1, 2, 3, 4].map((id) => ({ userId: id, names: [name] })),
    0,
  );
  for (const one of four) {
    const { bio } = contextOf(one);
    yield deleteScreen(one);
    const problem = text('account.name.taken', { name });
    yield onboardingScreen({ step: 'name', bio, problem });
    for (const step of ['gender', 'archetype', 'confirm'] as const)
      yield onboardingScreen({ step, bio });
    yield mainMenuScreen(contextOf(one));
    const earned = { version: gs, level: 10, xp: gs, points: 15, gold: gs, scrap: gs };
    const journey = { ...newJourney, ...earned };
    const record = { won: gs, lost: gs, drawn: gs, streak: gs };
    yield characterScreen(contextOf(one), { record, journey });
    yield* profileScreens(name, record);
  }
}

function* profileScreens(name: string, record: CharacterRecord): Screens {
  const counts = Object.fromEntries(countKeys.map((key) => [key, gs]));
  const rating = { shown: gs, peak: gs, isProvisional: true };
  const latest = ['drawn', 'drawn', 'drawn', 'drawn', 'drawn'] as const;
  const profile = { name, gender: 'female', archetype: 'mystic', rating, record } as const;
  for (const isOwn of [true, false])
    yield profileScreen({ ...profile, counts, latest, achievements: achievementKeys }, isOwn);
  yield achievementsScreen(achievementKeys);
}

function* searchScreens(): Screens {
  const request = { charId: 1, userId: 7, mode: '1v1' as const, gs, startTimeMs: 0 };
  const counts = { searching: 10_000, duels: 10_000 };
  const wait = { request, waitedMs: 0, minGs: 0, maxGs: gs, share: 1, shadowAtMs: 45_000 };
  yield searchScreen(wait, counts);
  yield trainingScreen('1v1', null);
}

/** Battles after each of their inputs, with the longest texts. */
function* battleScreens(name: string): Screens {
  for (const record of [freshBattle(), freshBattle({ second: 'novice' })]) {
    yield battleScreen(renamed(record, name), 0);
    yield opponentScreen(renamed(record, name), 0);
    yield blockScreen(renamed(record, name), 0);
  }
  for (let n = 0; n < BATTLES; n += 1) {
    const record = renamed(endedRecord(n), name);
    for (const { battle, events } of replayArchived(archivedBattle(n)) ?? []) {
      const then = { ...record, battle, lastEvents: [...events] };
      yield surrenderScreen(then);
      for (const side of [0, 1] as const) {
        yield battleScreen(withLongestChoice(then, side), side);
        yield resultScreen(then, side);
      }
    }
  }
}

function withLongestChoice(record: BattleRecord, side: 0 | 1): BattleRecord {
  const [technique = null] = record.sheets[side].techniques;
  const draft = { strike: 'chest', guard: 'chest-belly', technique } as const;
  const sides = record.sides.map((one) => ({ ...one, draft, choice: draft }));
  const [first = record.sides[0], second = record.sides[1]] = sides;
  return { ...record, sides: [first, second] };
}

function* listScreens(name: string): Screens {
  const row = (index: number) => ({ charId: index, name, shown: gs, place: gs, index });
  const [best, around] = [0, 40].map((from) =>
    Array.from({ length: 10 }, (_, at) => row(from + at)),
  );
  const season = { number: 99, startedAtMs: 0, endsAtMs: 1, closedAtMs: null };
  const lacks = { battles: 10, opponents: 5, isIdle: true };
  const seen = { best: best ?? [], around: around ?? [], season, charId: 43, lacks };
  yield listScreen({ ...seen, scope: 'season', of: 'mystic' });
}

function* historyScreens(name: string): Screens {
  const cursor = { id: 'duel00000009', endedAtMs: 1 };
  const battles = Array.from({ length: BATTLES_ON_A_PAGE }, (_, n): BattleSummary => {
    const { id, mode, turns, outcome, endedAtMs, sides } = renamed(archivedBattle(n * 7), name);
    const both = { own: sides[0], opponent: sides[1], shadow: null };
    return { kind: 'whole', id, mode, turns, reason: outcome.reason, endedAtMs, side: 0, ...both };
  });
  yield historyScreen({ battles, newer: cursor, older: cursor });
}

function* replayScreens(name: string): Screens {
  for (let n = 0; n < BATTLES; n += 1) {
    const archived = renamed(archivedBattle(n), name);
    const steps = replayArchived(archived) ?? [];
    for (const [index] of steps.entries()) {
      for (const side of [0, 1] as const) {
        yield replayScreen({ archived, steps, side, step: index + 1, place: 5 });
      }
    }
  }
}

/** What both players saw, on one page. */
async function* operatorScreens(name: string): AsyncIterable<UiPayload> {
  for (let n = 0; n < BATTLES; n += 1) {
    const archived = renamed(archivedBattle(n), name);
    const battles = { find: () => Promise.resolve(archived) };
    for (const index of [...archived.inputs, null].keys()) {
      const page = await battlePage(battles, { battleId: archived.id, step: index + 1 });
      if (typeof page === 'string') throw new Error(page);
      yield page;
    }
  }
}

function renamed<T extends BattleRecord | ArchivedBattle>(battle: T, name: string): T {
  const [first, second] = battle.sides;
  return {
    ...battle,
    sides: [
      { ...first, name, gs },
      { ...second, name, gs },
    ],
  };
}

const kinds: Readonly<Record<string, (name: string) => Screens | AsyncIterable<UiPayload>>> = {
  'lobby, onboarding and main menu': accountScreens,
  search: searchScreens,
  'battle and result': battleScreens,
  history: historyScreens,
  lists: listScreens,
  replay: replayScreens,
  'a battle for an operator': operatorScreens,
};

test('the longest names are accepted, and legacy names are refused', () => {
  for (const name of longNames) {
    expect(checkName(name)).toEqual({ kind: 'ok', name });
    const another = `${name}${String.fromCodePoint(name.codePointAt(0) ?? 0)}`;
    expect(checkName(another)).toEqual({ kind: 'refused', reason: 'too_many_signs' });
  }
  for (const name of LEGACY_NAMES) expect(checkName(name).kind).toBe('refused');
});

describe.each(Object.entries(kinds))('%s', (_kind, screensOf) => {
  test.each(languages)('fits a message with the longest names in %s', async (language) => {
    const translator = new Translator(language, { clientTime: true });
    for (const name of [...longNames, ...LEGACY_NAMES]) {
      for await (const screen of screensOf(name)) {
        const shown = parseHtml(renderScreen(screen, { translator, pack: packAction }).html).text;
        if (shown.length >= 4096) expect.fail(`${shown.length} units: ${shown}`);
      }
    }
  });
});

test('a legacy name is shortened on screens and buttons', () => {
  const [name = ''] = LEGACY_NAMES;
  const { html, keyboard } = renderScreen(lobbyScreen([characterOf(name, 1)]), {
    translator: new Translator('en', { clientTime: true }),
    pack: packAction,
  });
  const [label] = keyboard.inline_keyboard[0] ?? [];
  for (const shown of [html, label?.text ?? '']) {
    expect(shown).toContain('\u0915\u094D\u0915…');
    expect(shown).not.toContain(name);
  }
});
