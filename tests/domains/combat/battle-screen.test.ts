import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import type { Guard, TechniqueId, Zone } from '../../../domains/combat/battle.ts';
import type { BattleRecord, SideRecord } from '../../../domains/combat/battle-record.ts';
import { battleScreen } from '../../../domains/combat/battle-screen.ts';
import { type Choice, choose, timeOut } from '../../../domains/combat/battle-session.ts';
import { withEmote } from '../../../domains/combat/emotes.ts';
import { combatNumbers } from '../../../domains/combat/rules/v1/numbers.ts';
import type { Language } from '../../../resources/texts/index.ts';
import { BATTLE_START_MS, freshBattle, freshSide, turnRules } from '../../support/battle-setup.ts';
import { crowdedBattle, crowds, roundsOf } from '../../support/crowded-battle.ts';

function plain(language: Language) {
  const translator = new Translator(language, { clientTime: false });
  return (written: Parameters<Translator['html']>[0]) =>
    translator
      .html(written)
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('\u00a0', ' ');
}

/** The lines of a screen, the title first. */
function linesOf(record: BattleRecord, side: 0 | 1 = 0, language: Language = 'en'): string[] {
  const { title, body } = battleScreen(record, side);
  return [title, ...body].flatMap((line) => (line === null ? [] : [plain(language)(line)]));
}

function keysOf(record: BattleRecord, language: Language = 'en'): string[][] {
  const write = plain(language);
  return battleScreen(record, 0).buttons.map((row) => row.map(({ label }) => write(label)));
}

function tap(record: BattleRecord, side: 0 | 1, choice: Choice): BattleRecord {
  const now = { nowMs: BATTLE_START_MS + 1_000, rules: turnRules };
  const reply = choose(record, { side, turn: record.battle.turn, choice }, now);
  if (reply.kind !== 'changed') throw new Error(`The tap was ${reply.kind}`);
  return reply.record;
}

function round(record: BattleRecord, own: [Zone, Guard], other: [Zone, Guard]): BattleRecord {
  const chosen = tap(record, 0, { strike: own[0], guard: own[1] });
  return tap(chosen, 1, { strike: other[0], guard: other[1] });
}

function withOwn(record: BattleRecord, change: Partial<SideRecord>): BattleRecord {
  const [own, other] = record.sides;
  return { ...record, sides: [{ ...own, ...change }, other] };
}

const noEffects = { dazed: 0, winded: 0, hobbled: 0, daunted: 0, fury: 0 };
type Effects = typeof noEffects;

function withEffects(record: BattleRecord, own: Effects, other: Effects): BattleRecord {
  const [first, second] = record.battle.fighters;
  const fighters: BattleRecord['battle']['fighters'] = [
    { ...first, effects: own },
    { ...second, effects: other },
  ];
  return { ...record, battle: { ...record.battle, fighters } };
}

function withStamina(record: BattleRecord, cur: number): BattleRecord {
  const [first, second] = record.battle.fighters;
  const stats = { ...first.stats, stamina: { ...first.stats.stamina, cur } };
  return { ...record, battle: { ...record.battle, fighters: [{ ...first, stats }, second] } };
}

describe('a levelled duel', () => {
  const withRemoved = (own: number, other: number): BattleRecord => {
    const record = freshBattle();
    const [one, two] = record.sides;
    return {
      ...record,
      sides: [
        { ...one, pointsRemoved: own },
        { ...two, pointsRemoved: other },
      ],
    };
  };

  test.each([
    [14, 0, '🔴 GearScore 100 ⚖️🟢−14', '🔴 мощь 100 ⚖️🟢−14'],
    [0, 1, '🔴 GearScore 100 ⚖️🔴−1', '🔴 мощь 100 ⚖️🔴−1'],
    [2, 14, '🔴 GearScore 100 ⚖️🟢−2🔴−14', '🔴 мощь 100 ⚖️🟢−2🔴−14'],
  ] as const)('says before the first round who sets points aside: %i, %i', (...row) => {
    const [own, other, english, russian] = row;
    expect(linesOf(withRemoved(own, other))).toContain(english);
    expect(linesOf(withRemoved(own, other), 0, 'ru')).toContain(russian);
  });

  test('says nothing if nobody does', () => {
    expect(linesOf(freshBattle()).join()).not.toContain('⚖️');
  });
});

describe('the title', () => {
  test('says whether the opponent has chosen, never what', () => {
    const record = freshBattle();
    expect(linesOf(record)[0]).toMatch(/^Round 1 ⏳ ends .* 🔴💭$/u);
    const chosen = tap(record, 1, { strike: 'belly', guard: 'chest-belly' });
    expect(linesOf(chosen)[0]).toMatch(/^Round 1 .* 🔴✅$/u);
    expect(linesOf(chosen, 0, 'ru')[0]).toMatch(/^Раунд 1 ⏳ конец .* 🔴✅$/u);
    expect(linesOf(chosen).slice(1)).toEqual(linesOf(record).slice(1));
    expect(keysOf(chosen)).toEqual(keysOf(record));
  });

  test('has the emote of the opponent for two rounds', () => {
    const sent = withEmote(freshBattle(), 1, { emote: 'sweat', exchange: 1 });
    if (sent === null) throw new Error('The emote was refused');
    expect(linesOf(sent)[0]).toMatch(/ 🔴💭 😅$/u);
    expect(linesOf(sent, 1)[0]).toMatch(/ 🔴💭$/u);
    const second = round(sent, ['head', 'chest-belly'], ['legs', 'head-chest']);
    expect(linesOf(second)[0]).toMatch(/^Round 2 .* 🔴💭 😅$/u);
    const third = round(second, ['head', 'chest-belly'], ['legs', 'head-chest']);
    expect(linesOf(third)[0]).toMatch(/^Round 3 .* 🔴💭$/u);
  });

  test('says nothing about the Shadow, which has always chosen', () => {
    expect(linesOf(freshBattle({ second: 'master' }))[0]).toMatch(/^Round 1 ⏳ ends [\d:]+ UTC$/);
  });
});

describe('the fighters', () => {
  test('have a line for name, archetype and effects, and one for vitals', () => {
    const record = freshBattle();
    const [first, second] = record.battle.fighters;
    const effects = { ...first.effects, dazed: 1 };
    const battle: BattleRecord['battle'] = {
      ...record.battle,
      fighters: [{ ...first, effects }, second],
    };
    expect(linesOf({ ...record, battle }).slice(1, 5)).toEqual([
      '🟢 FighterB · Warrior · dazed',
      expect.stringMatching(/^❤️ ▰{10} \d+\/\d+ ⚡ \d+ 🔷 \d+$/u),
      '🔴 FighterC · Guardian',
      expect.stringMatching(/^❤️ ▰{10} \d+\/\d+ ⚡ \d+ 🔷 \d+$/u),
    ]);
  });

  test('have an archetype of their own gender', () => {
    const first = { ...freshSide(1), gender: 'female' as const };
    const second = { ...freshSide(2, 'duelist'), gender: 'male' as const };
    const lines = linesOf(freshBattle({ first, second }), 0, 'ru');
    expect([lines[1], lines[3]]).toEqual(['🟢 FighterB · Воительница', '🔴 FighterC · Дуэлянт']);
  });

  test('are called “your Shadow” where it is one', () => {
    const alone = freshBattle({ second: 'master' });
    expect(linesOf(alone)[3]).toBe('🔴 Your Shadow · Warrior');
    expect(linesOf(alone, 0, 'ru')[3]).toBe('🔴 Твоя Тень · Воин');
  });
});

describe('the last rounds', () => {
  test('show both moves of the last one and the latest three of the opponent', () => {
    let record = freshBattle();
    record = round(record, ['head', 'chest-belly'], ['legs', 'head-chest']);
    record = round(record, ['legs', 'belly-legs'], ['legs', 'head-chest']);
    record = round(record, ['belly', 'head-chest'], ['head', 'belly-legs']);
    record = round(record, ['chest', 'chest-belly'], ['chest', 'head-chest']);
    expect(linesOf(record)).toEqual(
      expect.arrayContaining([
        '🟢 🗡 chest 🛡 mid',
        '🔴 🗡 chest 🛡 high',
        '👁 🗡 legs·head·chest 🛡 high·low·high',
      ]),
    );
    expect(linesOf(record, 0, 'ru')).toContain('👁 🗡 ноги·гол·гру 🛡 верх·низ·верх');
    expect(linesOf(record, 1)).toContain('👁 🗡 legs·belly·chest 🛡 low·high·mid');
  });
});

describe('before the first round', () => {
  test('the opponent is shown with GearScore, record and techniques', () => {
    const standing = { won: 12, lost: 1, drawn: 3, streak: 2 };
    const second = { ...freshSide(2, 'guardian'), standing };
    const lines = linesOf(freshBattle({ second }));
    expect(lines[5]).toBe('🔴 GearScore 100 · 12–1');
    expect(lines[6]).toBe('✨ ⚡12 Shield wall, ⚡9 Shield bash, 🔷12 Retribution, ✨ Breath');
    expect(linesOf(freshBattle({ second }), 0, 'ru')[5]).toBe('🔴 мощь 100 · 12–1');
    expect(linesOf(freshBattle())[5]).toBe('🔴 GearScore 100');
  });
});

describe('the hint', () => {
  const hint = (record: BattleRecord, language: Language = 'en') =>
    linesOf(record, 0, language).at(-1);

  test('tells a missed turn at once, and how many more lose the battle', () => {
    const late = timeOut(freshBattle(), BATTLE_START_MS + turnRules.turnMs, turnRules);
    const again = late && timeOut(late, late.turnEndsAtMs, turnRules);
    expect(late && hint(late)).toBe(
      '⌛ You were late: a careful move was made for you. Two more and you lose.',
    );
    expect(again && hint(again)).toContain('One more and you lose.');
    expect(late && hint(late, 'ru')).toBe(
      '⌛ Время вышло: сделан осторожный ход. Ещё два пропуска — и поражение.',
    );
    expect(late && hint(tap(late, 0, { strike: 'head' }))).not.toContain('late');
  });

  test('tells what the chosen zone, guard or technique does', () => {
    const record = freshBattle();
    const { damage, miss, stamina, control } = combatNumbers.zones.head;
    expect(hint(tap(record, 0, { strike: 'head' }))).toBe(
      `🗡 Head: damage ×${damage}, miss ${miss * 100}%, ⚡ ${stamina}, dazed ${control * 100}%. Now choose a guard.`,
    );
    expect(hint(tap(record, 0, { strike: 'head' }), 'ru')).toBe(
      '🗡 Голова: урон ×1,5, промах 13 %, ⚡ 13, оглушение 35 %. Теперь выбери защиту.',
    );
    expect(hint(tap(record, 0, { guard: 'head-chest' }))).toBe(
      '🛡 High: head + chest, ⚡ 3. Now choose a strike.',
    );
    expect(hint(tap(record, 0, { technique: 'onslaught' }))).toMatch(/^✨ Onslaught: a much/u);
  });

  test('tells what a move does for which the stamina is not enough, technique and guard included', () => {
    const { zones, guards } = combatNumbers;
    const cost = zones.head.stamina + guards['chest-belly'];
    const strike = { strike: 'head' } as const;
    expect(hint(tap(withStamina(freshBattle(), cost), 0, strike))).toContain('🗡 Head');
    expect(hint(tap(withStamina(freshBattle(), cost - 1), 0, strike))).toBe(
      '🥱 Not enough ⚡ for strike and guard: damage ×0.5, your guard stops ×0.6',
    );
    const onslaught = { ...strike, technique: 'onslaught' } as const;
    const { stamina = 0 } = combatNumbers.techniques.onslaught ?? {};
    expect(hint(tap(withStamina(freshBattle(), cost + stamina), 0, onslaught))).toContain('✨');
    expect(hint(tap(withStamina(freshBattle(), cost + stamina - 1), 0, onslaught), 'ru')).toBe(
      '🥱 Не хватает ⚡ на удар и защиту: урон ×0,5, защита держит ×0,6',
    );
  });

  test('tells what an effect does, the own one first', () => {
    const own = { ...noEffects, dazed: 1 };
    const other = { ...noEffects, hobbled: 1 };
    expect(hint(withEffects(freshBattle(), own, other))).toBe(
      '🟢 💫 dazed: miss chance +20%, parry chance ×0.5.',
    );
    expect(hint(withEffects(freshBattle(), noEffects, other))).toBe(
      '🔴 🦵 hobbled: strikes later and cannot dodge.',
    );
    expect(hint(withEffects(freshBattle(), own, other), 'ru')).toBe(
      '🟢 💫 оглушение: шанс промаха +20 %, парирования ×0,5.',
    );
    expect(hint(withEffects(freshBattle(), noEffects, noEffects))).toContain('Choose a strike');
  });

  test('tells that a complete move can be changed', () => {
    const whole = tap(freshBattle(), 0, { strike: 'head', guard: 'head-chest' });
    expect(hint(whole)).toBe('✅ Your move is in. You can change it while 🔴 is thinking.');
    expect(hint(whole, 'ru')).toBe('✅ Ход сделан. Его можно менять, пока 🔴 думает.');
  });

  test('tells that the crowd makes blows harder from the round of the rules on', () => {
    const at = (turn: number) => ({ ...freshBattle(), battle: { ...freshBattle().battle, turn } });
    const { fromTurn } = combatNumbers.crowd;
    expect(hint(at(fromTurn))).toContain('📣');
    expect(hint(at(fromTurn - 1))).not.toContain('📣');
  });
});

describe('the keys', () => {
  test('are techniques above strikes above guards, with the numbers of the rules', () => {
    expect(keysOf(freshBattle())).toEqual([
      ['⚡15 Crushing blow', '⚡10 Onslaught'],
      ['🔷14 War cry', '✨ Breath'],
      ['🗡 Head ×1.5 ⚡13', '🗡 Chest ×1.45 ⚡12'],
      ['🗡 Belly ×1.3 ⚡11', '🗡 Legs ×0.92 ⚡8'],
      ['🛡 High', '🛡 Mid', '🛡 Low', '👤💬🏳️'],
    ]);
    expect(
      keysOf(freshBattle({ second: 'master' }))
        .at(-1)
        ?.at(-1),
    ).toBe('👤 🏳️');
    expect(keysOf(freshBattle(), 'ru').at(-2)).toEqual(['🗡 Живот ×1,3 ⚡11', '🗡 Ноги ×0,92 ⚡8']);
  });

  test('show ✅ in place of their icon when they are chosen', () => {
    const choice = { strike: 'head', guard: 'belly-legs', technique: 'war_cry' } as const;
    const keys = keysOf(tap(freshBattle(), 0, choice)).flat();
    expect(keys.filter((key) => key.includes('✅'))).toEqual([
      '✅ War cry',
      '✅ Head ×1.5 ⚡13',
      '✅ Low',
    ]);
  });

  test('mark techniques that rest or cannot be paid', () => {
    const record = freshBattle();
    const [first, second] = record.battle.fighters;
    const lastTechnique: TechniqueId = 'onslaught';
    const stats = { ...first.stats, mp: { ...first.stats.mp, cur: 0 } };
    const fighters: BattleRecord['battle']['fighters'] = [
      { ...first, lastTechnique, stats },
      second,
    ];
    const keys = keysOf({ ...record, battle: { ...record.battle, fighters } }).flat();
    expect(keys).toEqual(expect.arrayContaining(['💤 Onslaught', '🚫 War cry']));
  });

  test('ask for the same places in the same turn, whatever is chosen', () => {
    const places = (record: BattleRecord) =>
      battleScreen(record, 0).buttons.map((row) => row.map(({ action }) => action));
    const record = freshBattle();
    for (const state of roundsOf(record)) expect(places(state)).toEqual(places(record));
  });
});

test('has at most 12 lines and 5 rows of keys', () => {
  for (const crowd of crowds) {
    for (const record of roundsOf(crowdedBattle(crowd, 'Константинополец'))) {
      expect(linesOf(record).length).toBeLessThanOrEqual(12);
      expect(keysOf(record)).toHaveLength(5);
    }
  }
  expect(linesOf(withOwn(freshBattle(), { idleTurns: 2 })).length).toBeLessThanOrEqual(12);
});
