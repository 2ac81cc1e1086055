import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { resultScreen } from '../../../domains/arena/result-screen.ts';
import { accountOf, bestGuard, worstZone } from '../../../domains/combat/battle-account.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import { type CharacterRecord, emptyRecord } from '../../../domains/combat/character-record.ts';
import { type RatingNotice, unratedReasons } from '../../../domains/combat/battle-rating.ts';
import type { RewardNotice } from '../../../domains/combat/battle-reward.ts';
import type { Standing } from '../../../domains/combat/standings.ts';
import { replay } from '../../../domains/combat/replay.ts';
import type { Language } from '../../../resources/texts/index.ts';
import { endedRecord } from '../../support/archived-battles.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';

function linesOf(
  record: BattleRecord,
  {
    side = 0,
    language = 'en',
    standing = null,
  }: {
    side?: 0 | 1;
    language?: Language;
    standing?: Standing | null;
  } = {},
): string[] {
  const translator = new Translator(language, { clientTime: false });
  const { title, body } = resultScreen(record, side, standing);
  return [title, ...body].flatMap((line) =>
    line === null
      ? []
      : [
          translator
            .html(line)
            .replaceAll(/<[^>]*>/g, '')
            .replaceAll('\u00a0', ' '),
        ],
  );
}

/** A battle that 1 has won against 2 by a knock-out, with its events. */
const wonByKnockOut = ((): BattleRecord => {
  for (let n = 1; ; n += 1) {
    const record = endedRecord(n);
    const { outcome, rules, seed } = record.battle;
    if (record.sides[1].charId === null || outcome?.reason !== 'knockout' || outcome.winner !== 0)
      continue;
    const { sheets, inputs } = record;
    const { steps } = replay({ rules, seed, sheets, inputs });
    return { ...record, lastEvents: [...(steps.at(-1)?.events ?? [])] };
  }
})();

describe('the account of a battle', () => {
  const account = accountOf(wonByKnockOut);

  test('has all health that each side lost, by zone', () => {
    for (const side of [0, 1] as const) {
      const { lostAt, lostToCounters } = account.sides[side];
      const lost = Object.values(lostAt).reduce((sum, amount) => sum + amount, lostToCounters);
      const { hp } = wonByKnockOut.battle.fighters[side].stats;
      expect(lost).toBeGreaterThanOrEqual(hp.max - hp.cur);
    }
  });

  test('names the round in which the winner gained most', () => {
    const { rules, seed } = wonByKnockOut.battle;
    const { sheets, inputs } = wonByKnockOut;
    const gains = replay({ rules, seed, sheets, inputs }).steps.map(({ events }) =>
      events.reduce((gain, event) => {
        if (event.kind !== 'blow' && event.kind !== 'counter') return gain;
        return event.side === 0 ? gain + event.amount : gain - event.amount;
      }, 0),
    );
    const { turn = 0, lost = [0, 0] } = account.decisive ?? {};
    expect(lost[1] - lost[0]).toBe(Math.max(...gains));
    expect(gains[turn - 1]).toBe(Math.max(...gains));
  });

  test('advises a guard of the zone that lost most, also when two others lost more together', () => {
    const at = (...[head, chest, belly, legs]: [number, number, number, number]) => ({
      ...account.sides[0],
      lostAt: { head, chest, belly, legs },
    });
    expect([bestGuard(at(30, 5, 9, 9)), worstZone(at(30, 5, 9, 9))]).toEqual([
      'head-chest',
      'head',
    ]);
    expect([bestGuard(at(9, 5, 9, 30)), worstZone(at(9, 5, 9, 30))]).toEqual([
      'belly-legs',
      'legs',
    ]);
    expect([bestGuard(at(29, 4, 20, 24)), worstZone(at(29, 4, 20, 24))]).toEqual([
      'head-chest',
      'head',
    ]);
    expect(bestGuard(at(9, 5, 30, 29))).toBe('belly-legs');
    expect([bestGuard(at(0, 0, 0, 0)), worstZone(at(0, 0, 0, 0))]).toEqual([null, null]);
  });
});

describe('the result', () => {
  test('says against whom, how it ended and why', () => {
    const shown = linesOf(wonByKnockOut).join('\n');
    expect(shown).toMatch(
      /^🏆 Victory!\nAgainst FighterC · ⚙️ 100 · \d+ rounds\n☠️ FighterC .* FighterB wins!\n/u,
    );
    expect(shown).toMatch(/\n❤️ 🟢 \d+\/\d+ · 🔴 0\/\d+\n/u);
    expect(shown).toMatch(/\n🗡 Open zones hit: 🟢 \d+ of \d+ · 🔴 \d+ of \d+\n/u);
    expect(shown).toMatch(/\n🛡 Blows stopped: 🟢 \d+ · 🔴 \d+\n🟢 −\d+ ❤️: \w+ \d+/u);
    expect(shown).toMatch(/\n⚖️ Round \d+ decided it: 🟢 lost \d+, 🔴 lost \d+\n/u);
    expect(shown).toMatch(
      /\n💡 Next time guard \w+ more often: blows to the \w+ hurt you most\.$/u,
    );
  });

  test('says the same in Russian to the other side', () => {
    const shown = linesOf(wonByKnockOut, { side: 1, language: 'ru' }).join('\n');
    expect(shown).toMatch(/^💀 Поражение\nСоперник — FighterB · ⚙️ 100 · \d+ раунд\S*\n/u);
    expect(shown).toMatch(/\n🗡 В открытые зоны: 🟢 \d+ из \d+ · 🔴 \d+ из \d+\n/u);
    expect(shown).toMatch(/\n⚖️ Всё решил раунд \d+: /u);
    expect(shown).toMatch(/Чаще закрывай (верх|центр|низ): больнее всего были удары .*\.$/u);
  });

  test('calls the own Shadow so', () => {
    const record = endedRecord(7);
    expect(linesOf(record)[1]).toMatch(/^Against your Shadow · \d+ rounds$/);
    expect(linesOf(record, { language: 'ru' })[1]).toMatch(/^Соперник — твоя Тень · \d+ раунд/);
  });

  test('calls an idle loss that, and says how to avoid it', () => {
    let record = freshBattle();
    for (let turn = 1; turn <= 3; turn += 1) {
      const choice = { strike: 'legs', guard: 'head-chest' } as const;
      const now = { nowMs: record.turnEndsAtMs - 1, rules: turnRules };
      const reply = choose(record, { side: 0, turn, choice }, now);
      if (reply.kind !== 'changed') throw new Error(reply.kind);
      record = timeOut(reply.record, record.turnEndsAtMs, turnRules) ?? record;
    }
    const idle = linesOf(record, { side: 1 });
    expect(idle[0]).toBe('💤 Defeat: you did not choose');
    expect(idle).toContain(
      '💤 FighterC did not choose for too many rounds and loses. FighterB wins!',
    );
    expect(idle.at(-1)).toBe('💡 Next time choose a strike and a guard before the round ends.');
    expect(linesOf(record)[0]).toBe('🏆 Victory!');
    expect(linesOf(record, { side: 1, language: 'ru' })[0]).toBe('💤 Поражение за бездействие');
  });

  test('of a surrender before the first round has nothing to explain', () => {
    const record = surrender(freshBattle(), 0, BATTLE_START_MS) ?? freshBattle();
    expect(linesOf(record)).toEqual([
      '💀 Defeat',
      'Against FighterC · ⚙️ 100 · before the first round',
      '🏳️ FighterB surrenders. FighterC wins!',
      '❤️ 🟢 108/108 · 🔴 104/104',
      '✨ Experience and gold follow: the archive does not answer right now.',
    ]);
  });
});

const none = { reward: null, rating: null, ladder: null, achievements: [] };

describe('the record on a result', () => {
  const recordLine = (record: CharacterRecord, language: Language = 'en') =>
    linesOf(wonByKnockOut, { standing: { record, ...none }, language }).find((line) =>
      line.startsWith('📊'),
    );
  const of = (...[won, lost, drawn, streak]: [number, number, number, number]) =>
    ({ won, lost, drawn, streak }) satisfies CharacterRecord;

  test.each([
    [of(12, 7, 0, 3), '12–7, three wins in a row', '12–7, три победы подряд'],
    [of(2, 21, 0, -6), '2–21, 6 defeats in a row', '2–21, 6 поражений подряд'],
    [of(1, 0, 0, 1), '1–0', '1–0'],
    [of(3, 2, 1, 0), '3–2, 1 draw', '3–2, 1 ничья'],
    [of(3, 2, 5, 2), '3–2, 5 draws, two wins in a row', '3–2, 5 ничьих, две победы подряд'],
  ])('of %j', (standing, english, russian) => {
    expect(recordLine(standing)).toBe(`📊 Your record: ${english}`);
    expect(recordLine(standing, 'ru')).toBe(`📊 Твой счёт: ${russian}`);
  });

  test('is absent without a record, before the first duel, and against the Shadow', () => {
    expect(linesOf(wonByKnockOut).join()).not.toContain('📊');
    expect(recordLine(emptyRecord)).toBeUndefined();
    expect(
      linesOf(endedRecord(7), { standing: { record: of(1, 0, 0, 1), ...none } }).join(),
    ).not.toContain('📊');
  });
});

describe('after training', () => {
  const at = (shadow?: 'novice' | 'apprentice'): BattleRecord => {
    const record = freshBattle({ second: shadow ?? 'master' });
    return surrender(record, 0, BATTLE_START_MS) ?? record;
  };
  const firstAction = (record: BattleRecord) => resultScreen(record, 0).buttons[0]?.[0]?.action;

  test.each(['novice', 'apprentice'] as const)(
    'against the %s the first key leads to the levels, since the Shadow learns',
    (level) => {
      expect(firstAction(at(level))).toBe('arena.training');
      expect(linesOf(at(level))).toContain('Training is unrated, but your Shadow learns.');
    },
  );

  test('against the master the first key starts the same fight', () => {
    expect(firstAction(at())).toBe('arena.train');
    expect(linesOf(at())).toContain('Training: this fight is unrated.');
  });
});

test('the keys lead to the next duel, the history, the replay and the arena', () => {
  const { buttons } = resultScreen(wonByKnockOut, 0);
  expect(buttons.map((row) => row.map(({ action }) => action))).toEqual([
    ['arena.join'],
    ['history', 'history.replay', 'arena.menu'],
  ]);
});

describe('the reward', () => {
  const paid = { xp: 10, gold: 6, unpaid: null, newLevel: null };
  const rewardLines = (reward: RewardNotice | null, language: Language = 'en') =>
    linesOf(wonByKnockOut, {
      standing: { record: emptyRecord, reward, rating: null, ladder: null, achievements: [] },
      language,
    }).filter((line) => /^[✨🎉]/u.test(line));

  test.each([
    [paid, ['✨ +10 experience · +6 💰'], ['✨ +10 опыта · +6 💰']],
    [
      { ...paid, newLevel: 4 },
      [
        '✨ +10 experience · +6 💰',
        '🎉 Level 4! You have an attribute point to spend: see your character.',
      ],
      [
        '✨ +10 опыта · +6 💰',
        '🎉 Уровень 4! Есть свободное очко характеристик: загляни к персонажу.',
      ],
    ],
    [
      { ...paid, unpaid: 'gave_up' as const },
      ['✨ No reward: surrendering or missing your rounds pays nothing.'],
      ['✨ Без награды: за сдачу и бездействие не платят.'],
    ],
    [
      null,
      ['✨ Experience and gold follow: the archive does not answer right now.'],
      ['✨ Опыт и золото придут позже: архив сейчас не отвечает.'],
    ],
  ])('of %j', (reward, english, russian) => {
    expect(rewardLines(reward)).toEqual(english);
    expect(rewardLines(reward, 'ru')).toEqual(russian);
  });
});

describe('the rating', () => {
  const ratingLine = (rating: RatingNotice | null, language: Language = 'en') =>
    linesOf(wonByKnockOut, {
      standing: { record: emptyRecord, reward: null, rating, ladder: null, achievements: [] },
      language,
    }).find((line) => line.startsWith('🏅'));
  const settled = (shown: number) => ({ shown, isProvisional: false });
  const provisional = (shown: number) => ({ shown, isProvisional: true });
  const rated = (before: RatingNotice & { kind: 'rated' }) => before;

  test.each([
    [
      rated({ kind: 'rated', before: settled(1512), after: settled(1531) }),
      ...['🏅 Rating 1512 → 1531 (+19)', '🏅 Рейтинг 1512 → 1531 (+19)'],
    ],
    [
      rated({ kind: 'rated', before: settled(1512), after: settled(1505) }),
      ...['🏅 Rating 1512 → 1505 (−7)', '🏅 Рейтинг 1512 → 1505 (−7)'],
    ],
    [
      rated({ kind: 'rated', before: provisional(1500), after: provisional(1531) }),
      ...['🏅 Rating 1500? → 1531? (+31)', '🏅 Рейтинг 1500? → 1531? (+31)'],
    ],
    [
      rated({ kind: 'rated', before: provisional(1600), after: settled(1600) }),
      ...['🏅 Rating 1600? → 1600 (+0)', '🏅 Рейтинг 1600? → 1600 (+0)'],
    ],
  ])('of %j', (notice, english, russian) => {
    expect(ratingLine(notice)).toBe(english);
    expect(ratingLine(notice, 'ru')).toBe(russian);
  });

  test.each(unratedReasons)('of a battle that is not rated says why: %s', (reason) => {
    expect(ratingLine({ kind: 'unrated', reason })).toMatch(/^🏅 Not rated: .{20,}\.$/u);
    expect(ratingLine({ kind: 'unrated', reason }, 'ru')).toMatch(/^🏅 Без рейтинга: .{20,}\.$/u);
  });

  test('is followed by what the battle has granted', () => {
    const achieved = (achievements: Standing['achievements'], language: Language = 'en') =>
      linesOf(wonByKnockOut, {
        standing: { ...none, record: emptyRecord, achievements },
        language,
      }).filter((line) => line.startsWith('🏅'));
    expect(achieved([])).toEqual([]);
    expect(achieved(['first_win'])).toEqual(['🏅 Achievement: First win']);
    expect(achieved(['streak_3', 'comeback'])).toEqual(['🏅 Achievements: Hat-trick, By a thread']);
    expect(achieved(['first_win'], 'ru')).toEqual(['🏅 Достижение: Первая победа']);
  });

  test('is absent while it is not known', () => {
    expect(ratingLine(null)).toBeUndefined();
  });
});
