import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountFormat } from '../../../domains/account/account-context.ts';
import { storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { type RecordFormat, readVersion, versioned } from '../../../domains/core/versioned.ts';
import { freshBattle } from '../../support/battle-setup.ts';
import { accountContext } from '../../support/account-context.ts';

interface Purse {
  readonly schema: 3;
  readonly coins: number;
  readonly owner: string | null;
}

/** A record that was `gold` at first, then `coins`, and has an owner by now. */
const form: RecordFormat<Purse> = {
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
const read = (stored: unknown) => versioned(form).safeParse(stored).data ?? null;

describe('a stored record', () => {
  test('of the present version is read as it is', () => {
    expect(read({ schema: 3, coins: 7, owner: 'A' })).toEqual({ schema: 3, coins: 7, owner: 'A' });
  });

  test('of the version before is raised by one step', () => {
    expect(read({ schema: 2, coins: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });

  test('that names no version is of the first, and goes all the way', () => {
    expect(read({ gold: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });

  test.each([
    ['of no version that there was', { schema: 0, coins: 7, owner: null }],
    ['with something else for a version', { schema: 'three', coins: 7, owner: null }],
  ])('%s is refused, and the reason names it', (_, stored) => {
    const refused = versioned(form).safeParse(stored);
    expect(refused.success).toBe(false);
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([
      `version ${JSON.stringify(stored.schema)} is none up to 3`,
    ]);
  });

  test('of a later version raises an error of its own, and is not taken for absent', () => {
    const later = { schema: 4, coins: 7, owner: null };
    expect(() => versioned(form).safeParse(later)).toThrow(NewerRecordError);
    expect(() => readVersion(form, 4, { gold: 7 })).toThrow(NewerRecordError);
  });

  test.each([null, 7, 'purse', [{ schema: 3 }], { schema: 2 }, { schema: 3, coins: '7' }])(
    'that is none (%j) is refused',
    (stored) => {
      expect(read(stored)).toBeNull();
    },
  );

  test('whose version is kept beside it is raised by that', () => {
    expect(readVersion(form, 1, { gold: 7 })).toEqual({ schema: 3, coins: 7, owner: null });
  });
});

describe('records of earlier releases', () => {
  test('a battle begun before the time of locking in was kept goes on', () => {
    const now = freshBattle();
    const sides = now.sides.map((side) => without(side, 'lockedInAtMs'));
    expect(storedBattleSchema.parse({ ...now, sides })).toEqual(now);
  });

  test('a session from before users and archetypes were kept in it is read as it was', () => {
    const session = without(accountContext(), 'user_id');
    expect(accountContext().bio).not.toHaveProperty('archetype');
    expect(versioned(accountFormat).parse(session)).toEqual(session);
  });

  test('what a later release writes is refused', () => {
    const battle = { ...freshBattle(), schema: 2 };
    const account = { ...accountContext(), schema: 2 };
    expect(() => storedBattleSchema.safeParse(battle)).toThrow(NewerRecordError);
    expect(() => versioned(accountFormat).safeParse(account)).toThrow(NewerRecordError);
  });
});

function without(record: object, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
