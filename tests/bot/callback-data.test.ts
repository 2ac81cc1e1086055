import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CallbackCodec } from '../../bot/callback-data.ts';
import { archetypes, genders } from '../../domains/account/account-context.ts';
import { guards, techniqueSchema, zones } from '../../domains/combat/battle.ts';
import type { ArenaScreenAction } from '../../domains/arena/arena-screens.ts';
import { packAction, unpackAction } from '../support/shipped-codec.ts';

const battle = { battleId: 'abcdef012345', turn: 9999 };
const every: readonly ArenaScreenAction[] = [
  { action: 'home' },
  { action: 'lobby' },
  { action: 'lobby.new' },
  { action: 'lobby.enter', value: Number.MAX_SAFE_INTEGER - 1 > 1e14 ? 99_999_999_999_999 : 1 },
  { action: 'lobby.delete', value: 1 },
  { action: 'lobby.delete_confirmed', value: 2 ** 31 },
  ...genders.map((value) => ({ action: 'onboarding.gender' as const, value })),
  ...archetypes.map((value) => ({ action: 'onboarding.archetype' as const, value })),
  { action: 'onboarding.step', value: 'archetype' },
  { action: 'onboarding.confirm' },
  { action: 'language.set', value: 'ru' },
  { action: 'arena.menu' },
  { action: 'arena.join', mode: '1v1' },
  { action: 'arena.cancel', mode: '1v1' },
  ...zones.map((zone) => ({ action: 'battle.strike' as const, value: { ...battle, zone } })),
  ...guards.map((guard) => ({ action: 'battle.guard' as const, value: { ...battle, guard } })),
  ...[...techniqueSchema.options, null].map((technique) => ({
    action: 'battle.technique' as const,
    value: { ...battle, technique },
  })),
  { action: 'battle.look', value: { battleId: 'abcdef012345' } },
  { action: 'battle.surrender_confirmed', value: { battleId: 'abcdef012345' } },
  { action: 'history' },
  { action: 'history.newer', value: { endedAtMs: 0, battleId: '1' } },
  { action: 'history.older', value: { endedAtMs: 9_999_999_999_999, battleId: 'z'.repeat(24) } },
  {
    action: 'history.page',
    value: { endedAtMs: 9_999_999_999_999, battleId: '0'.repeat(24), place: 5 },
  },
  { action: 'history.replay', value: { battleId: 'z'.repeat(24), step: 9999, place: 5 } },
];

describe('callback data', () => {
  test.each(every.map((action) => [action]))('%j unpacks to itself and fits 64 bytes', (action) => {
    const data = packAction(action);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(unpackAction(data)).toEqual(action);
  });

  test.each([
    '',
    '|',
    'arena.join',
    'arena.join|9v9',
    'arena.menu|1v1',
    'lobby.enter||0',
    'lobby.enter||-1',
    'lobby.enter||01',
    'lobby.enter||1e3',
    'lobby.enter||1|2',
    'lobby.enter||99999999999999999999',
    'battle.strike||abcdef012345|1',
    'battle.strike||abcdef012345|0|head',
    'battle.strike||abcdef012345|1|tail',
    'battle.strike||abcdef012345|1.5|head',
    'battle.strike||../../etc|1|head',
    'battle.strike||abcdef012345|1|head|more',
    'battle.technique||abcdef012345|1|fireball',
    'history||1',
    'history.older||1',
    'history.older||-1|abcdef012345',
    'history.older||10000000000000|abcdef012345',
    'history.older||1|ABC',
    'history.page||1|abcdef012345|6',
    'history.replay||abcdef012345|0|1',
    'history.replay||abcdef012345|1|0',
    'history.replay||abcdef012345|1',
    'history.replay||https://example.org|1|1',
    'language.set||de',
    '__proto__||1',
    'constructor||a',
    'toString||',
  ])('%j is no tap of ours', (data) => {
    expect(unpackAction(data)).toBeNull();
  });

  test.each([z.boolean(), z.array(z.string()), z.strictObject({ deep: z.strictObject({}) })])(
    'cannot be derived from booleans, lists or nested objects',
    (value) => {
      const odd = z.strictObject({ action: z.literal('odd'), value });
      expect(() => new CallbackCodec([z.discriminatedUnion('action', [odd])])).toThrow(TypeError);
    },
  );

  test('is not packed for more than 64 bytes or an unknown action', () => {
    const long = z.strictObject({ action: z.literal('long'), value: z.string() });
    const codec = new CallbackCodec([z.discriminatedUnion('action', [long])]);
    expect(codec.pack({ action: 'long', value: 'a'.repeat(58) })).toHaveLength(64);
    expect(() => codec.pack({ action: 'long', value: 'a'.repeat(59) })).toThrow('64 bytes');
    expect(() => codec.pack({ action: 'odd' })).toThrow('unknown action odd');
  });

  test('unpacks forged data to a valid action or null', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (data) => {
        const action = unpackAction(data);
        expect(action === null || unpackAction(packAction(action)) !== null).toBe(true);
      }),
    );
  });
});
