import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { resultScreen } from '../../../domains/arena/result-screen.ts';
import { BattleAnnouncer } from '../../../domains/arena/battle-announcer.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { battleScreen, surrenderScreen } from '../../../domains/combat/battle-screen.ts';
import { endAsDraw, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import { offeredEmotes } from '../../../domains/combat/emotes.ts';
import { historyScreen } from '../../../domains/combat/history-screens.ts';
import { monsterIds } from '../../../domains/combat/monster.ts';
import { opponentScreen } from '../../../domains/combat/opponent-screen.ts';
import { replayArchived } from '../../../domains/combat/replay.ts';
import { replayScreen } from '../../../domains/combat/replay-screen.ts';
import { combatNumbers } from '../../../domains/combat/rules/v1/numbers.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';
import { type Language, languages } from '../../../resources/texts/index.ts';
import { wildBattle, wildRecord } from '../../support/archived-battles.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';

const names = { en: 'Marsh hag', ru: 'Болотная карга' } as const;
const opened = freshBattle({ second: { monster: 'marsh_hag' } });

function writtenIn(language: Language, { title, body }: UiPayload): string {
  const translator = new Translator(language, { clientTime: false });
  return [title, ...body].flatMap((one) => (one === null ? [] : [translator.html(one)])).join('\n');
}

function actionsOf({ buttons }: UiPayload): string[] {
  return buttons.flat().map(({ action }) => action);
}

/** Health left, as the battle ended for the character. */
function ended(record: BattleRecord, winner: 0 | 1): BattleRecord {
  const outcome = { winner, reason: 'knockout' } as const;
  return {
    ...record,
    battle: { ...record.battle, outcome },
    endedAtMs: record.turnEndsAtMs,
    settled: true,
  };
}

const afterOne = timeOut(opened, opened.turnEndsAtMs, turnRules) ?? opened;
const archived = wildBattle('marsh_hag');
const steps = replayArchived(archived) ?? [];

const screens: readonly (readonly [string, UiPayload])[] = [
  ['the first exchange', battleScreen(opened, 0)],
  ['a later exchange', battleScreen(afterOne, 0)],
  ['the card', opponentScreen(opened, 0)],
  ['the result', resultScreen(wildRecord('marsh_hag'), 0)],
  ['a replay', replayScreen({ archived, steps, side: 0, step: steps.length, place: 1 })],
];

describe.each(languages)('in %s', (language) => {
  test.each(screens)(
    'the screen of %s names the monster, no Shadow and no GearScore',
    (_, screen) => {
      const written = writtenIn(language, screen);
      expect(written).toContain(names[language]);
      expect(written).not.toMatch(/Shadow|Тен[ьи]|GearScore|мощь|⚙️|Мистик|Mystic|\{|undefined/);
    },
  );

  test('every monster has its own name', () => {
    const translator = new Translator(language, { clientTime: false });
    const all = monsterIds.map((id) => translator.plain({ key: `monster.${id}.name` }));
    expect(new Set(all).size).toBe(monsterIds.length);
    for (const name of all) expect(name).toMatch(language === 'ru' ? /^[А-Яа-яё ]+$/ : /^[\w ’]+$/);
  });
});

test('the history lists a monster without a GearScore', () => {
  const [own, opponent] = archived.sides;
  const whole = { kind: 'whole', mode: '1v1', reason: 'knockout', turns: 5, shadow: null } as const;
  const battle = { id: 'wild', endedAtMs: 0, side: 0, own, opponent, ...whole } as const;
  const written = writtenIn('en', historyScreen({ battles: [battle], newer: null, older: null }));
  expect(written).toContain('<b>Marsh hag</b>\n');
  expect(written).not.toContain('⚙️');
});

test('a monster is no person: no emotes, no profile, no block, and no hint of training', () => {
  expect(offeredEmotes(opened, 0)).toEqual([]);
  expect(actionsOf(opponentScreen(opened, 0))).toEqual(['battle.look', 'battle.surrender']);
  expect(writtenIn('en', battleScreen(afterOne, 0))).not.toContain('💡');
});

test.each(languages)('late rounds in the wild hurt more without a crowd, in %s', (language) => {
  const late = { ...opened, battle: { ...opened.battle, turn: combatNumbers.crowd.fromTurn } };
  const [first] = steps;
  if (first === undefined) throw new Error('a battle has a first step');
  const tenth = { ...first, events: [{ kind: 'crowd', turn: 10 } as const] };
  const replay = replayScreen({ archived, steps: [tenth], side: 0, step: 1, place: 1 });
  const louder = {
    en: /Wounds take their toll: .* hurts more/u,
    ru: /Раны дают о себе знать: .* больнее/u,
  };
  const written = [battleScreen(late, 0), replay].map((one) => writtenIn(language, one));
  for (const one of written) expect(one).toMatch(louder[language]);
  expect(written.join('\n')).not.toMatch(/crowd|sand|Трибуны|песок/u);
});

test('surrender in the wild says what it costs', () => {
  expect(writtenIn('en', surrenderScreen(opened))).toContain('a quarter of your health');
  expect(writtenIn('en', surrenderScreen(freshBattle()))).not.toContain('quarter');
});

describe('the result of a wild battle', () => {
  const standing = {
    record: { won: 3, lost: 1, drawn: 0, streak: 2 },
    reward: { xp: 6, gold: 5, newLevel: null, unpaid: null },
    rating: null,
    ladder: null,
    achievements: [],
  };

  test('that was won shows what it gave, and no record against people', () => {
    const written = writtenIn('en', resultScreen(ended(afterOne, 0), 0, standing));
    expect(written).toContain('Victory');
    expect(written).toContain('+6 experience');
    expect(written).not.toMatch(/record|Training/);
  });

  test('that was lost gives nothing and says how much health is left', () => {
    const lost = surrender(afterOne, 0, BATTLE_START_MS) ?? afterOne;
    const written = writtenIn('en', resultScreen(lost, 0, standing));
    expect(written).toContain('A quarter of your health is left');
    expect(written).not.toContain('experience');
  });

  test('that was drawn gives and takes nothing', () => {
    const drawn = endAsDraw(afterOne, BATTLE_START_MS) ?? afterOne;
    const written = writtenIn('en', resultScreen(drawn, 0, standing));
    expect(written).not.toMatch(/quarter|experience/);
  });

  test('leads on to where the monster was met, not into the arena', () => {
    const actions = actionsOf(resultScreen(ended(afterOne, 0), 0));
    expect(actions).toEqual(['world', 'history', 'history.replay']);
  });
});

test.each([
  [true, 'edit'],
  [false, 'notify'],
] as const)('a wild battle that began with a tap (%s) is shown by %s', (isTapped, delivery) => {
  const shown: string[] = [];
  const announcer = new BattleAnnouncer(
    { announce: (_, __, how) => void shown.push(how.delivery) },
    { afterBattle: () => Promise.resolve(null) },
  );
  announcer.battleStarted(opened, isTapped);
  expect(shown).toEqual([delivery]);
});
