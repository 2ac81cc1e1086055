import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountFormat } from '../../../domains/account/account-context.ts';
import { battleFormat, storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { type RecordFormat, readVersion, versioned } from '../../../domains/core/versioned.ts';
import { freshBattle } from '../../support/battle-setup.ts';
import { accountContext } from '../../support/account-context.ts';

interface Purse {
  readonly schema: 3;
  readonly coins: number;
  readonly owner: string | null;
}

/** Version 1 has `gold`, version 2 `coins`, version 3 an `owner` as well. */
const format: RecordFormat<Purse> = {
  version: 3,
  upgradeFrom: {
    1: ({ gold }) => ({ coins: gold }),
    2: (old) => ({ ...old, owner: null }),
  },
  schema: z.strictObject({
    schema: z.literal(3),
    coins: z.int(),
    owner: z.string().nullable(),
  }),
};
const read = (stored: unknown) => versioned(format).safeParse(stored).data ?? null;

describe('versioned', () => {
  test('reads a record of the current version unchanged', () => {
    expect(read({ schema: 3, coins: 7, owner: 'A' })).toEqual({ schema: 3, coins: 7, owner: 'A' });
  });

  test('upgrades a record of the previous version by one step', () => {
    expect(read({ schema: 2, coins: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });

  test('upgrades a record without a version from version 1', () => {
    expect(read({ gold: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });

  test.each([
    ['version 0', { schema: 0, coins: 7, owner: null }],
    ['a version that is no number', { schema: 'three', coins: 7, owner: null }],
  ])('refuses %s with an issue that names it', (_, stored) => {
    const refused = versioned(format).safeParse(stored);
    expect(refused.success).toBe(false);
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([
      `unknown version ${JSON.stringify(stored.schema)}, expected 1 to 3`,
    ]);
  });

  test('raises a NewerRecordError for a later version', () => {
    const later = { schema: 4, coins: 7, owner: null };
    expect(() => versioned(format).safeParse(later)).toThrow(NewerRecordError);
    expect(() => readVersion(format, 4, { gold: 7 })).toThrow(NewerRecordError);
  });

  test.each([null, 7, 'purse', [{ schema: 3 }], { schema: 2 }, { schema: 3, coins: '7' }])(
    'refuses a broken record: %j',
    (stored) => {
      expect(read(stored)).toBeNull();
    },
  );

  test('readVersion upgrades from the version that is stored beside the record', () => {
    expect(readVersion(format, 1, { gold: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });
});

describe('records of earlier releases', () => {
  test('a battle without lockedInAtMs is read with its default', () => {
    const now = freshBattle();
    const sides = now.sides.map((side) => without(side, 'lockedInAtMs'));
    expect(storedBattleSchema.parse({ ...now, sides })).toEqual(now);
  });

  test('a session without user_id and archetype is read unchanged', () => {
    const session = without(accountContext(), 'user_id');
    expect(accountContext().bio).not.toHaveProperty('archetype');
    expect(versioned(accountFormat).parse(session)).toEqual(session);
  });

  test('a battle or session of a later release raises a NewerRecordError', () => {
    const battle = { ...freshBattle(), schema: battleFormat.version + 1 };
    const account = { ...accountContext(), schema: accountFormat.version + 1 };
    expect(() => storedBattleSchema.safeParse(battle)).toThrow(NewerRecordError);
    expect(() => versioned(accountFormat).safeParse(account)).toThrow(NewerRecordError);
  });
});

function without(record: object, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
