import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AccountContext,
  accountContextSchema,
  accountFormat,
} from '../../domains/account/account-context.ts';
import { NewerRecordError } from '../../domains/core/newer-record-error.ts';
import type { RecordFormat } from '../../domains/core/versioned.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import type { DocumentsUnderTest } from './document-engines.ts';
import { RecordingLog } from './recording-log.ts';
import { accountContext, firstVersionOf, secondVersionOf } from './account-context.ts';

/** Tests of live sessions with two releases at once. Empties the database before each test. */
export function accountVersionTests(documents: () => DocumentsUnderTest): void {
  let opened: DocumentsUnderTest;
  let log: RecordingLog;
  let accounts: AccountManager;

  beforeEach(async () => {
    opened = documents();
    await opened.client.flushdb();
    log = new RecordingLog();
    accounts = new AccountManager({ ...opened, log });
  });

  const first = () => firstVersionOf(accountContext());

  test('a session of version 1 reads with no gear, and a write to a part of it upgrades it', async () => {
    await opened.documents.set('ac:42', '$', first());
    expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    expect(await opened.documents.get('ac:42', '$')).toEqual({ kind: 'value', value: first() });
    await accounts.setState(42, 'COMBAT');
    const upgraded = { ...accountContext(), state: 'COMBAT' };
    expect(await opened.documents.get('ac:42', '$')).toEqual({ kind: 'value', value: upgraded });
  });

  test('a session of version 2 reads without a story, and a write to a part of it upgrades it', async () => {
    await opened.documents.set('ac:42', '$', secondVersionOf(accountContext()));
    expect(await accounts.getFullAccount(42)).toEqual(accountContext());
    await accounts.setInventorySession(42, 'inv_1');
    const sessions = { combat_id: null, inventory_id: 'inv_1', scenario_id: null };
    const upgraded = { ...accountContext(), sessions };
    expect(await opened.documents.get('ac:42', '$')).toEqual({ kind: 'value', value: upgraded });
  });

  const version = accountFormat.version + 1;
  const next: RecordFormat<AccountContext> = {
    version,
    upgradeFrom: {
      ...accountFormat.upgradeFrom,
      [accountFormat.version]: (old) => ({ ...old, skills: { sprint: 1 } }),
    },
    schema: accountContextSchema.extend({ schema: z.literal(version) }),
  };

  test('the next release upgrades a session of this one on every read', async () => {
    const later = new AccountManager({ ...opened, log, form: next });
    await accounts.createAccount(42, accountContext());
    expect(await later.getFullAccount(42)).toMatchObject({
      schema: version,
      skills: { sprint: 1 },
    });
    expect((await later.snapshotAccount(42))?.context).toMatchObject({ schema: version });
    expect(await later.getState(42)).toBe('EXPLORATION');
    await later.setState(42, 'SCENARIO');
    expect(await opened.documents.get('ac:42', '$')).toMatchObject({
      value: { schema: version, skills: { sprint: 1 }, state: 'SCENARIO' },
    });
  });

  test('this release neither reads nor writes nor replaces a session of the next', async () => {
    const later = { ...accountContext(), schema: version, wings: true };
    await opened.documents.set('ac:42', '$', later);
    const attempts: (() => Promise<unknown>)[] = [
      () => accounts.getFullAccount(42),
      () => accounts.snapshotAccount(42),
      () => accounts.getStats(42),
      () => accounts.setState(42, 'COMBAT'),
      () => accounts.updateBioField(42, 'name', 'Legolas'),
      () => accounts.applyDamage(42, 'hp', 1),
      () => accounts.changeAccount(42, (one) => one),
      () => accounts.createAccount(42, accountContext(), 'if_absent'),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(NewerRecordError);
    expect(await opened.documents.get('ac:42', '$')).toEqual({ kind: 'value', value: later });
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { key: 'ac:42', version } }]);
  });
}
