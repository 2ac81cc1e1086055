import { describe, expect, test, vi } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import type { AccountPlayer } from '../../../domains/account/account-player.ts';
import {
  type AccountContext,
  archetypes,
  attributeNames,
} from '../../../domains/account/account-context.ts';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import type { JourneyService } from '../../../domains/inventory/journey-service.ts';
import { characterFeature } from '../../../domains/skills/character-feature.ts';
import { type CharacterRecord, emptyRecord } from '../../../domains/combat/character-record.ts';
import { characterScreen } from '../../../domains/skills/character-screen.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { shown } from '../../../domains/core/reply.ts';
import { text } from '../../../domains/core/text.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import type { Language } from '../../../resources/texts/index.ts';
import { characterRow } from '../../support/character-row.ts';
import { earningsOf } from '../../support/earnings.ts';
import { FixedClock } from '../../support/clock.ts';
import { silentLog } from '../../support/silent-log.ts';

const kate = (archetype: (typeof archetypes)[number] = 'duelist') =>
  contextOf(characterRow({ name: 'Kate', gender: 'female', archetype }));

function linesOf(payload: UiPayload, language: Language = 'en'): string[] {
  const translator = new Translator(language, { clientTime: false });
  return [payload.title, ...payload.body].map((one) => (one === null ? '' : translator.html(one)));
}

type Read = Awaited<ReturnType<JourneyService['read']>>;
const facts = { record: emptyRecord, journey: null };

/** Opens the screen with these records; answers its lines. */
async function open(
  recordOf: () => Promise<CharacterRecord>,
  { account = kate(), earned = null }: { account?: AccountContext; earned?: Read } = {},
) {
  const records = { recordOf: vi.fn(recordOf) };
  const step = () => Promise.reject(new Error('the screen changes nothing'));
  const journey = { read: () => Promise.resolve(earned), step };
  const feature = characterFeature({ records, journey, clock: new FixedClock(), log: silentLog });
  const home = { screen: 'home', title: text('account.button.home'), body: [], buttons: [] };
  const player: AccountPlayer = {
    userId: 7,
    played: () => Promise.resolve({ charId: 42, account }),
    currentScreen: () => Promise.resolve(home),
    home: () => Promise.resolve(shown(home)),
  };
  const { payload } = await feature.act(player, { action: 'character' });
  return { lines: linesOf(payload), payload, records };
}

describe('the character screen', () => {
  test.each(archetypes)('of a %s has every attribute with points and effect', (archetype) => {
    const lines = linesOf(characterScreen(kate(archetype), facts));
    for (const name of attributeNames) {
      const points = archetypeNumbers[archetype].attributes[name];
      const line = new RegExp(`<b>${points}</b> · \\w`);
      const label = linesOf({
        screen: '',
        title: text(`account.attribute.${name}`),
        body: [],
        buttons: [],
      });
      expect(lines.find((one) => one.startsWith(label[0] ?? ''))).toMatch(line);
    }
  });

  test('has every technique with its cost in one line', () => {
    const lines = linesOf(characterScreen(kate('warrior'), facts));
    expect(lines).toContain('✨ ⚡15 Crushing blow, ⚡10 Onslaught, 🔷14 War cry, ✨ Breath');
  });

  test('follows the gender', () => {
    expect(linesOf(characterScreen(kate(), facts), 'ru')[0]).toContain('Дуэлянтка');
  });

  test('has the record of the character that the user plays, and its way home', async () => {
    const record = { won: 12, lost: 7, drawn: 1, streak: 3 };
    const { lines, payload, records } = await open(() => Promise.resolve(record));
    expect(records.recordOf).toHaveBeenCalledExactlyOnceWith(42);
    expect(lines).toContain('📊 Won <b>12</b> · lost <b>7</b> · drawn <b>1</b>');
    expect(lines).toContain('🔥 3 wins in a row');
    expect(payload.buttons.at(-2)).toMatchObject([{ action: 'bag' }, { action: 'profile' }]);
    expect(payload.buttons.at(-1)).toMatchObject([{ action: 'home' }]);
  });

  test.each([
    [-2, '🌧 2 losses in a row'],
    [1, null],
    [0, null],
  ])('with a streak of %i tells %s', async (streak, line) => {
    const { lines } = await open(() => Promise.resolve({ won: 5, lost: 5, drawn: 0, streak }));
    expect(lines.find((one) => one.includes('in a row')) ?? null).toBe(line);
  });

  test('says so without duels', async () => {
    const { lines } = await open(() => Promise.resolve(emptyRecord));
    expect(lines).toContain('📊 No duels against other players yet.');
  });

  test('shows everything but the record while the database is unavailable', async () => {
    const { lines } = await open(() => Promise.reject(new OutageError('down')));
    expect(lines).toContain('📊 The record cannot be read right now.');
    expect(lines.join('\n')).toContain('Riposte');
  });

  test('has level, experience, wallet, points to spend, and what gear adds to own points', async () => {
    const journey = { xp: 218, points: 2, gold: 132, scrap: 7 };
    const gear = { version: 7, bonus: { strength: 2 } };
    const earned = earningsOf({ archetype: 'duelist', level: 4, journey, gear });
    const { lines, payload } = await open(() => Promise.resolve(emptyRecord), { earned });
    expect(lines.slice(1, 3)).toEqual([
      '🎖 Level <b>4</b> · 38/120   💰 <b>132</b>   🔩 <b>7</b>',
      '➕ Attribute points to spend: <b>2</b>',
    ]);
    expect(lines).toContain('💪 Strength <b>8</b> (+2) · harder blows');
    expect(lines).toContain('🦶 Agility <b>12</b> · dodges, strikes first');
    const actions = payload.buttons.map((row) => row.map(({ action }) => action));
    expect(actions).toEqual([['points'], ['techniques', 'board'], ['bag', 'profile'], ['home']]);
  });

  test('at the highest level has no experience to gain', async () => {
    const earned = earningsOf({ level: 10 });
    const { lines } = await open(() => Promise.resolve(emptyRecord), { earned });
    expect(lines[1]).toBe('🎖 Level <b>10</b>, the highest   💰 <b>0</b>   🔩 <b>0</b>');
  });

  test('shows what the session knows while the database is unavailable, and says so', async () => {
    const account = { ...kate(), gear: { version: 3, bonus: { luck: 1 } } };
    const known = { account, earned: 'unavailable' as const };
    const { lines, payload } = await open(() => Promise.reject(new OutageError('down')), known);
    expect(lines[1]).toBe('🎖 Level, gold and scrap cannot be read right now.');
    expect(lines).toContain('🍀 Luck <b>9</b> (+1) · critical hits');
    expect(payload.buttons.flat().map(({ action }) => action)).not.toContain('points');
  });
});
