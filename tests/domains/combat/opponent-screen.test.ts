import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { withEmote } from '../../../domains/combat/emotes.ts';
import { opponentScreen } from '../../../domains/combat/opponent-screen.ts';
import type { Language } from '../../../resources/texts/index.ts';
import { freshBattle, freshSide } from '../../support/battle-setup.ts';

/** The card of side 1 as side 0 reads it. */
function cardOf(record: BattleRecord, language: Language = 'en') {
  const translator = new Translator(language, { clientTime: false });
  const { title, body, buttons } = opponentScreen(record, 0);
  const lines = [title, ...body].flatMap((line) => (line === null ? [] : [translator.html(line)]));
  const text = lines.join('\n').replaceAll(/<[^>]*>/g, '');
  const actions = buttons.map((row) => row.map(({ action }) => action));
  return { text: text.replaceAll('\u00a0', ' '), actions };
}

const standing = { won: 12, lost: 7, drawn: 1, streak: 3 };

describe('the card of an opponent', () => {
  test('has name, archetype, GearScore, record and techniques with cost and effect', () => {
    const second = { ...freshSide(2, 'guardian'), standing };
    const { text } = cardOf(freshBattle({ second }));
    expect(text).toMatch(/^👤 FighterC · 🛡 Guardian\n⚙️ GearScore 100 /u);
    expect(text).toContain('📊 Won 12 · lost 7 · drawn 1\n🔥 3 wins in a row');
    expect(text).toContain('• ⚡9 Shield bash — rarely misses');
    expect(text).toContain('• ✨ Breath — ');
  });

  test('says who sets points aside for an even fight', () => {
    const battle = freshBattle();
    const [one, other] = battle.sides;
    const card = (own: number, theirs: number, language: Language = 'en') => {
      const sides: typeof battle.sides = [
        { ...one, pointsRemoved: own },
        { ...other, pointsRemoved: theirs },
      ];
      return cardOf({ ...battle, sides }, language).text;
    };
    expect(card(0, 0)).not.toContain('⚖️');
    expect(card(14, 0)).toContain('⚖️ Even fight, attribute points: 🟢 −14\n');
    expect(card(0, 1, 'ru')).toContain('⚖️ Равный бой, характеристики: 🔴 −1\n');
    expect(card(2, 14, 'ru')).toContain('⚖️ Равный бой, характеристики: 🟢 −2, 🔴 −14\n');
  });

  describe('tells the rating, the chance, and why they were matched', () => {
    const card = (
      {
        lifetime,
        ...change
      }: Partial<NonNullable<BattleRecord['matching']>> & { lifetime: number },
      language: Language = 'en',
    ) => {
      const matching = { window: 0.2, chance: 0.5, isCalibrated: false, ...change };
      const rating = { mu: 26.5, sigma: 3, lifetime };
      const second = { ...freshSide(2), gs: 104, searchedMs: 12_300, rating };
      const first = { ...freshSide(1), searchedMs: 0, rating };
      return cardOf(freshBattle({ first, second, matching }), language).text;
    };

    const calibrated = { lifetime: 10, chance: 0.304, isCalibrated: true };
    test.each([
      [{ lifetime: 9 }, 'new here · an even match', 'новичок · силы равны'],
      [{ lifetime: 10, chance: 0.45 }, '1545 · an even match', '1545 · силы равны'],
      [{ lifetime: 10, chance: 0.6 }, '1545 · you are the favourite', '1545 · перевес у тебя'],
      [{ lifetime: 10, chance: 0.3 }, '1545 · you are the underdog', '1545 · перевес у соперника'],
      [calibrated, '1545 · your chance is 30%', '1545 · твой шанс — 30 %'],
    ])('of %j', (facts, english, russian) => {
      expect(card(facts)).toContain(`\n🏅 ${english}\n`);
      expect(card(facts, 'ru')).toContain(`\n🏅 ${russian}\n`);
    });

    test('with both GearScores, both searches and the share that may differ', () => {
      expect(card({ lifetime: 0 })).toContain(
        '🤝 Matched: ⚙️ 100 and 104 (±20%), ⏳ 0 s and 12 s\n',
      );
      expect(card({ lifetime: 0 }, 'ru')).toContain(
        '🤝 Подбор: ⚙️ 100 и 104 (±20 %), ⏳ 0 с и 12 с\n',
      );
    });

    test('or nothing of it while it is not known', () => {
      expect(cardOf(freshBattle()).text).not.toMatch(/🏅|🤝/u);
    });
  });

  test('has no line for a record that is not known', () => {
    expect(cardOf(freshBattle()).text).not.toContain('📊');
  });

  test('follows the gender of the opponent', () => {
    const second = { ...freshSide(2, 'duelist'), gender: 'female' as const };
    expect(cardOf(freshBattle({ second }), 'ru').text).toContain('Дуэлянтка');
  });

  test('leads back to the duel, to surrender, and has one emote a round', () => {
    const record = freshBattle();
    const rest = [
      ['battle.look', 'profile.opponent'],
      ['battle.block', 'battle.surrender'],
    ];
    expect(cardOf(record).actions).toEqual([Array(4).fill('battle.emote'), ...rest]);
    const sent = withEmote(record, 0, { emote: 'anger', exchange: 1 }) ?? record;
    expect(cardOf(sent).actions).toEqual(rest);
    expect(cardOf(sent).text).toContain('💬 You sent 😡. You can send one emote a round.');
  });
});

describe('the card of the Shadow', () => {
  test('says its level and handicap, and has no emotes', () => {
    const { text, actions } = cardOf(freshBattle({ second: 'novice' }));
    expect(text).toMatch(/^👤 Your Shadow · 🪓 Warrior\n/u);
    expect(text).toContain('Novice: strikes at random and knows no techniques.');
    expect(text).toContain('starts with 85% health');
    expect(text).not.toContain('Techniques');
    expect(actions).toEqual([['battle.look'], ['battle.surrender']]);
  });

  test.each([
    ['apprentice', 'Ученик'],
    ['master', 'Мастер'],
  ] as const)('of an %s has its techniques', (second, level) => {
    const { text } = cardOf(freshBattle({ second }), 'ru');
    expect(text).toContain(level);
    expect(text).toContain('Сокрушение');
    expect(text).not.toContain('📊');
  });
});
