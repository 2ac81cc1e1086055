import { beforeEach, describe, expect, test } from 'vitest';
import type { VitalName } from '../../domains/account/account-context.ts';
import { AccountMissingError } from '../../domains/account/account-store.ts';
import { DocumentWriteError } from '../../redis/documents/documents.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import type { DocumentsUnderTest } from './document-engines.ts';
import { accountContext } from './account-context.ts';
import { silentLog } from './silent-log.ts';

const BLOWS = 200;
const RACE_MS = 60_000;

/** Tests of damage and healing of live sessions, the same for every document engine. */
export function vitalTests(documents: () => DocumentsUnderTest): void {
  let opened: DocumentsUnderTest;
  let managers: readonly AccountManager[];
  let accounts: AccountManager;

  /** The processes in turn. */
  const managerOf = (turn: number) => managers[turn % managers.length] ?? accounts;
  const withHp = (cur: number, max: number) =>
    accounts.createAccount(42, {
      ...accountContext(),
      stats: { ...accountContext().stats, hp: { cur, max } },
    });
  const hp = async () => (await accounts.getStats(42))?.hp;

  beforeEach(async () => {
    opened = documents();
    await opened.client.flushdb();
    managers = opened.processes.map(
      (process) => new AccountManager({ ...process, log: silentLog }),
    );
    accounts = new AccountManager({ ...opened, log: silentLog });
  });

  test('applyDamage subtracts points down to zero and changes nothing else', async () => {
    const before = accountContext();
    await accounts.createAccount(42, before);
    expect(await accounts.applyDamage(42, 'hp', 30)).toEqual({ cur: 70, max: 100 });
    expect(await accounts.applyDamage(42, 'hp', 0)).toEqual({ cur: 70, max: 100 });
    expect(await accounts.applyDamage(42, 'hp', 71)).toEqual({ cur: 0, max: 100 });
    expect(await accounts.applyDamage(42, 'hp', 1)).toEqual({ cur: 0, max: 100 });
    const stats = { ...before.stats, hp: { cur: 0, max: 100 } };
    expect(await accounts.getFullAccount(42)).toEqual({ ...before, stats });
  });

  test('applyHealing adds points up to the maximum', async () => {
    await withHp(0, 100);
    expect(await accounts.applyHealing(42, 'hp', 60)).toEqual({ cur: 60, max: 100 });
    expect(await accounts.applyHealing(42, 'hp', 60)).toEqual({ cur: 100, max: 100 });
    expect(await hp()).toEqual({ cur: 100, max: 100 });
  });

  test(
    'two hundred calls of applyDamage at once by several processes add up exactly',
    async () => {
      await withHp(100_000, 100_000);
      const blows = Array.from({ length: BLOWS }, (_, index) => 1 + ((index * 37) % 101));
      const left = await Promise.all(
        blows.map((points, index) => managerOf(index).applyDamage(42, 'hp', points)),
      );
      const rest = 100_000 - blows.reduce((sum, points) => sum + points, 0);
      expect(await hp()).toEqual({ cur: rest, max: 100_000 });
      // Every call saw the result of another one.
      expect(new Set(left.map(({ cur }) => cur)).size).toBe(BLOWS);
      expect(Math.min(...left.map(({ cur }) => cur))).toBe(rest);
    },
    RACE_MS,
  );

  test(
    'two hundred calls of applyDamage at once stop at zero',
    async () => {
      await withHp(100, 100_000);
      const left = await Promise.all(
        Array.from({ length: BLOWS }, (_, index) => managerOf(index).applyDamage(42, 'hp', 3)),
      );
      expect(await hp()).toEqual({ cur: 0, max: 100_000 });
      // 33 times 3 points leave one; every later call answers zero.
      expect(left.filter(({ cur }) => cur > 0)).toHaveLength(33);
      expect(left.filter(({ cur }) => cur < 0)).toEqual([]);
    },
    RACE_MS,
  );

  test('applyDamage and applyHealing at once add up', async () => {
    await withHp(5_000, 10_000);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        index % 2 === 0
          ? managerOf(index).applyDamage(42, 'hp', 7)
          : managerOf(index).applyHealing(42, 'hp', 5),
      ),
    );
    expect(await hp()).toEqual({ cur: 4_900, max: 10_000 });
  });

  test('applyDamage and applyHealing raise AccountMissingError without a session and create no key', async () => {
    await expect(accounts.applyDamage(42, 'hp', 1)).rejects.toThrow(AccountMissingError);
    await expect(accounts.applyHealing(42, 'hp', 1)).rejects.toThrow(AccountMissingError);
    expect(await opened.client.exists('ac:42')).toBe(0);
  });

  describe('with invalid arguments', () => {
    test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001])(
      '%d points are refused and change nothing',
      async (points) => {
        await withHp(50, 100);
        await expect(accounts.applyDamage(42, 'hp', points)).rejects.toThrow();
        await expect(accounts.applyHealing(42, 'hp', points)).rejects.toThrow();
        expect(await hp()).toEqual({ cur: 50, max: 100 });
      },
    );

    test.each(['luck', 'hp.cur', '__proto__', ''])('the vital %j is refused', async (name) => {
      await accounts.createAccount(42, accountContext());
      await expect(accounts.applyDamage(42, name as VitalName, 1)).rejects.toThrow();
      expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    });

    test('a malformed session raises DocumentWriteError and stays unchanged', async () => {
      await opened.client.set('ac:42', '{ broken');
      await expect(accounts.applyDamage(42, 'hp', 1)).rejects.toThrow(DocumentWriteError);
      expect(await opened.client.get('ac:42')).toBe('{ broken');
      await opened.client.del('ac:42');
      await opened.documents.set('ac:42', '$', { stats: { hp: { cur: 'plenty', max: 1 } } });
      await expect(accounts.applyDamage(42, 'hp', 1)).rejects.toThrow(DocumentWriteError);
      await expect(accounts.applyDamage(42, 'mp', 1)).rejects.toThrow(DocumentWriteError);
      expect(await opened.documents.get('ac:42', '$')).toEqual({
        kind: 'value',
        value: { stats: { hp: { cur: 'plenty', max: 1 } } },
      });
    });
  });
}
