import { beforeEach, describe, expect, test } from 'vitest';
import {
  type AccountState,
  type Bio,
  type VitalName,
} from '../../domains/account/account-context.ts';
import { AccountMissingError } from '../../domains/account/account-store.ts';
import { DocumentWriteError } from '../../redis/documents/documents.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import type { DocumentsUnderTest } from './document-engines.ts';
import { RecordingLog } from './recording-log.ts';
import { accountContext } from './account-context.ts';

/** Tests of live sessions, the same for every document engine. Empties the database before each test. */
export function accountTests(documents: () => DocumentsUnderTest): void {
  let opened: DocumentsUnderTest;
  let log: RecordingLog;
  let accounts: AccountManager;

  beforeEach(async () => {
    opened = documents();
    await opened.client.flushdb();
    log = new RecordingLog();
    accounts = new AccountManager({ ...opened, log });
  });

  test('getFullAccount answers the created session until it is deleted', async () => {
    expect(await accounts.accountExists(42)).toBe(false);
    await accounts.createAccount(42, accountContext());
    expect(await accounts.accountExists(42)).toBe(true);
    expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    await accounts.deleteAccount(42);
    expect(await accounts.accountExists(42)).toBe(false);
    expect(await accounts.getFullAccount(42)).toBeNull();
  });

  test('deleteIfStill deletes a session only if it has not changed since the snapshot', async () => {
    await accounts.createAccount(42, accountContext());
    const seen = await accounts.snapshotAccount(42);
    if (seen === null) throw new Error('no session');
    expect(seen.context).toEqual(accountContext());
    await accounts.updateStatCurrent(42, 'hp', 5);
    expect(await accounts.deleteIfUnchanged(42, seen)).toBe(false);
    expect((await accounts.getStats(42))?.hp.cur).toBe(5);
    const now = await accounts.snapshotAccount(42);
    if (now === null) throw new Error('no session');
    expect(await accounts.deleteIfUnchanged(42, now)).toBe(true);
    expect(await accounts.accountExists(42)).toBe(false);
    expect(await accounts.snapshotAccount(42)).toBeNull();
    expect(await accounts.deleteIfUnchanged(42, now)).toBe(false);
  });

  test('onChange is called before and after every change, in case a save runs in between', async () => {
    const calls: unknown[] = [];
    const watched = new AccountManager({
      ...opened,
      log,
      onChange: async (charId) => {
        calls.push([charId, (await accounts.getState(charId)) ?? 'none']);
      },
    });
    await watched.createAccount(42, accountContext({ state: 'SCENARIO' }));
    await watched.setState(42, 'EXPLORATION');
    await watched.setLocation(42, 'dark_forest');
    await watched.applyDamage(42, 'hp', 1);
    expect(calls).toEqual([
      [42, 'none'],
      [42, 'SCENARIO'],
      [42, 'SCENARIO'],
      ...Array.from({ length: 5 }, () => [42, 'EXPLORATION']),
    ]);
  });

  test('changeAccount writes the whole session once, and nothing when the change answers null', async () => {
    await accounts.createAccount(42, accountContext({ state: 'SCENARIO' }));
    expect(await accounts.changeAccount(42, (one) => ({ ...one, state: 'COMBAT' }))).toBe(true);
    expect(await accounts.getFullAccount(42)).toEqual(accountContext({ state: 'COMBAT' }));
    expect(await accounts.changeAccount(42, () => null)).toBe(false);
    expect(await accounts.getFullAccount(42)).toEqual(accountContext({ state: 'COMBAT' }));
  });

  test('changeAccount loses no change when many run at once', async () => {
    await accounts.createAccount(42, accountContext({ skills: { feint: 0 } }));
    const raise = () =>
      accounts.changeAccount(42, (one) => ({
        ...one,
        skills: { feint: (one.skills['feint'] ?? 0) + 1 },
      }));
    await Promise.all(Array.from({ length: 20 }, raise));
    expect((await accounts.getFullAccount(42))?.skills).toEqual({ feint: 20 });
  });

  test('changeAccount rejects when there is no session or it cannot be read', async () => {
    await expect(accounts.changeAccount(42, (one) => one)).rejects.toThrow(AccountMissingError);
  });

  test('createAccount replaces an existing session', async () => {
    await accounts.createAccount(42, accountContext({ skills: { feint: 1 } }));
    await accounts.createAccount(42, accountContext());
    expect(await accounts.getFullAccount(42)).toEqual(accountContext());
  });

  test('every getter answers its own section', async () => {
    const account = accountContext({
      sessions: { combat_id: 'c_1', inventory_id: 'inv_2', scenario_id: null },
    });
    await accounts.createAccount(42, account);
    expect(await accounts.getBio(42)).toEqual(account.bio);
    expect(await accounts.getStats(42)).toEqual(account.stats);
    expect(await accounts.getAttributes(42)).toEqual(account.attributes);
    expect(await accounts.getSessions(42)).toEqual(account.sessions);
    expect(await accounts.getState(42)).toBe('EXPLORATION');
    expect(await accounts.getLocation(42)).toEqual(account.location);
  });

  test('setScenarioSession writes state and story at once, and leaves battle and onboarding alone', async () => {
    const seen = async () => {
      const account = await accounts.getFullAccount(42);
      return [account?.state, account?.sessions.scenario_id];
    };
    await accounts.createAccount(42, accountContext());
    await accounts.setScenarioSession(42, 'mill:1');
    expect(await seen()).toEqual(['SCENARIO', 'mill:1']);
    await accounts.setScenarioSession(42, null);
    expect(await seen()).toEqual(['EXPLORATION', null]);
    for (const state of ['COMBAT', 'ONBOARDING'] as const) {
      await accounts.setState(42, state);
      await accounts.setScenarioSession(42, 'mill:2');
      expect(await seen()).toEqual([state, 'mill:2']);
    }
  });

  test('every setter changes its own section only', async () => {
    const before = accountContext();
    await accounts.createAccount(42, before);
    const bio: Bio = { name: null, gender: null, created_at: null, archetype: 'duelist' };
    const attributes = { ...before.attributes, luck: 20 };
    await accounts.updateBio(42, bio);
    await accounts.updateBioField(42, 'name', 'Леголас «Быстрый»');
    await accounts.updateBioField(42, 'archetype', null);
    await accounts.updateStat(42, 'mp', { cur: 60, max: 70 });
    await accounts.updateStatCurrent(42, 'hp', 85);
    await accounts.updateAttributes(42, attributes);
    await accounts.setCombatSession(42, 'c_789');
    await accounts.setInventorySession(42, 'inv_1');
    await accounts.setState(42, 'COMBAT');
    expect(await accounts.getFullAccount(42)).toEqual({
      ...before,
      state: 'COMBAT',
      bio: { ...bio, name: 'Леголас «Быстрый»', archetype: null },
      stats: {
        hp: { cur: 85, max: 100 },
        mp: { cur: 60, max: 70 },
        stamina: { cur: 100, max: 100 },
      },
      attributes,
      sessions: { combat_id: 'c_789', inventory_id: 'inv_1', scenario_id: null },
    });
    await accounts.setCombatSession(42, null);
    expect(await accounts.getSessions(42)).toEqual({
      combat_id: null,
      inventory_id: 'inv_1',
      scenario_id: null,
    });
  });

  test('setLocation keeps the previous location as prev and changes nothing when repeated', async () => {
    await accounts.createAccount(42, accountContext());
    await accounts.setLocation(42, 'dark_forest');
    expect(await accounts.getLocation(42)).toEqual({
      current: 'dark_forest',
      prev: 'start_village',
    });
    await accounts.setLocation(42, 'dark_forest');
    expect((await accounts.getLocation(42))?.prev).toBe('start_village');
    await accounts.setLocation(42, 'arena');
    expect(await accounts.getLocation(42)).toEqual({ current: 'arena', prev: 'dark_forest' });
  });

  test('a reader never sees half of a setLocation', async () => {
    await accounts.createAccount(42, accountContext());
    const route = ['a', 'b', 'c', 'd', 'e'];
    const legal = new Set(
      ['start_village>', ...route].map((place, index) =>
        index === 0 ? 'start_village>null' : `${place}>${route[index - 2] ?? 'start_village'}`,
      ),
    );
    const seen: string[] = [];
    const watch = async () => {
      for (let read = 0; read < 30; read += 1) {
        const location = await accounts.getLocation(42);
        seen.push(`${String(location?.current)}>${String(location?.prev)}`);
      }
    };
    const move = async () => {
      for (const place of route) await accounts.setLocation(42, place);
    };
    await Promise.all([watch(), move(), watch()]);
    expect(seen.filter((location) => !legal.has(location))).toEqual([]);
  });

  describe('without a session', () => {
    test('getters answer null and log nothing', async () => {
      expect(await accounts.getFullAccount(42)).toBeNull();
      expect(await accounts.getBio(42)).toBeNull();
      expect(await accounts.getStats(42)).toBeNull();
      expect(await accounts.getAttributes(42)).toBeNull();
      expect(await accounts.getSessions(42)).toBeNull();
      expect(await accounts.getState(42)).toBeNull();
      expect(await accounts.getLocation(42)).toBeNull();
      expect(log.lines).toEqual([]);
    });

    test('every setter raises AccountMissingError and creates no key', async () => {
      const { bio, attributes } = accountContext();
      const setters: (() => Promise<void>)[] = [
        () => accounts.updateBio(42, bio),
        () => accounts.updateBioField(42, 'name', 'Legolas'),
        () => accounts.updateStat(42, 'hp', { cur: 1, max: 1 }),
        () => accounts.updateStatCurrent(42, 'hp', 85),
        () => accounts.updateAttributes(42, attributes),
        () => accounts.setCombatSession(42, 'c_1'),
        () => accounts.setCombatSession(42, null),
        () => accounts.setInventorySession(42, 'inv_1'),
        () => accounts.setScenarioSession(42, 'mill:1'),
        () => accounts.setState(42, 'COMBAT'),
        () => accounts.setLocation(42, 'arena'),
      ];
      for (const set of setters) await expect(set()).rejects.toThrow(AccountMissingError);
      expect(await opened.client.exists('ac:42')).toBe(0);
    });

    test('deleteAccount resolves', async () => {
      await expect(accounts.deleteAccount(42)).resolves.toBeUndefined();
    });
  });

  describe('with a malformed session', () => {
    test('getFullAccount answers null and logs the key once when it has another type', async () => {
      await opened.client.set('ac:42', '{ broken');
      expect(await accounts.getFullAccount(42)).toBeNull();
      expect(log.lines.map(({ level, facts }) => [level, facts['key']])).toEqual([
        ['warn', 'ac:42'],
      ]);
      await expect(accounts.setState(42, 'EXPLORATION')).rejects.toThrow(DocumentWriteError);
    });

    test('createAccount replaces a key of another type, so that the player can log in', async () => {
      await opened.client.set('ac:42', '{ broken');
      await accounts.createAccount(42, accountContext());
      expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    });

    test('every getter answers null when one field is invalid, and the cause is logged once', async () => {
      await accounts.createAccount(42, accountContext());
      await opened.documents.set('ac:42', '$.stats.hp.cur', 'plenty');
      expect(await accounts.getStats(42)).toBeNull();
      expect(await accounts.getFullAccount(42)).toBeNull();
      expect(await accounts.getState(42)).toBeNull();
      expect(log.lines.map(({ facts }) => facts)).toEqual([
        { key: 'ac:42', cause: 'stats.hp.cur: invalid_type' },
      ]);
    });

    test('createAccount with if_absent replaces an unreadable session and keeps a readable one', async () => {
      await opened.documents.set('ac:42', '$', { state: 'EXPLORATION' });
      const restored = accountContext({ skills: { feint: 1 } });
      expect(await accounts.createAccount(42, restored, 'if_absent')).toBe(true);
      expect(await accounts.createAccount(42, accountContext(), 'if_absent')).toBe(false);
      expect(await accounts.getFullAccount(42)).toEqual(restored);
    });
  });

  describe('with an incomplete session', () => {
    test('a getter answers null for a missing section, and a setter below it raises and changes nothing', async () => {
      await opened.documents.set('ac:42', '$', { state: 'EXPLORATION' });
      expect(await accounts.getSessions(42)).toBeNull();
      await expect(accounts.setCombatSession(42, 'c_1')).rejects.toThrow(DocumentWriteError);
      await expect(accounts.updateStatCurrent(42, 'hp', 1)).rejects.toThrow(DocumentWriteError);
      expect(await opened.documents.get('ac:42', '$')).toEqual({
        kind: 'value',
        value: { state: 'EXPLORATION' },
      });
    });

    test('setLocation replaces an unreadable location', async () => {
      await accounts.createAccount(42, accountContext());
      await opened.documents.set('ac:42', '$.location', 'somewhere');
      await accounts.setLocation(42, 'arena');
      expect(await accounts.getLocation(42)).toEqual({ current: 'arena', prev: null });
    });
  });

  describe('with invalid arguments', () => {
    beforeEach(async () => {
      await accounts.createAccount(42, accountContext());
    });

    test.each(['cur', 'hp.cur', '*', '__proto__', ''])(
      'the setters refuse the name %j and change nothing',
      async (name) => {
        const stat = name as VitalName;
        await expect(accounts.updateStatCurrent(42, stat, 1)).rejects.toThrow();
        await expect(accounts.updateStat(42, stat, { cur: 1, max: 1 })).rejects.toThrow();
        await expect(accounts.updateBioField(42, name as 'name', 'x')).rejects.toThrow();
        expect(await accounts.getFullAccount(42)).toEqual(accountContext());
      },
    );

    test('the setters refuse invalid values and change nothing', async () => {
      await expect(accounts.updateStatCurrent(42, 'hp', -1)).rejects.toThrow();
      await expect(accounts.updateStatCurrent(42, 'hp', Number.NaN)).rejects.toThrow();
      await expect(accounts.updateStatCurrent(42, 'hp', 1.5)).rejects.toThrow();
      await expect(accounts.setState(42, 'ASLEEP' as AccountState)).rejects.toThrow();
      await expect(accounts.updateBioField(42, 'gender', 'elf' as 'male')).rejects.toThrow();
      await expect(
        accounts.createAccount(42, accountContext({ state: 'ASLEEP' as AccountState })),
      ).rejects.toThrow();
      expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    });
  });
}
