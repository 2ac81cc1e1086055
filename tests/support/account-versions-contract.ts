import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AccountContext,
  accountContextSchema,
} from '../../domains/account/account-context.ts';
import { NewerRecordError } from '../../domains/core/newer-record-error.ts';
import type { RecordFormat } from '../../domains/core/versioned.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import type { DocumentsUnderTest } from './document-engines.ts';
import { RecordingLog } from './recording-log.ts';
import { accountContext } from './account-context.ts';

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

  const next: RecordFormat<AccountContext> = {
    version: 2,
    upgradeFrom: { 1: (old) => ({ ...old, skills: { sprint: 1 } }) },
    schema: accountContextSchema.extend({ schema: z.literal(2) }),
  };

  test('the next release upgrades a session of this one on every read', async () => {
    const later = new AccountManager({ ...opened, log, form: next });
    await accounts.createAccount(42, accountContext());
    expect(await later.getFullAccount(42)).toMatchObject({ schema: 2, skills: { sprint: 1 } });
    expect((await later.snapshotAccount(42))?.context).toMatchObject({ schema: 2 });
    expect(await later.getState(42)).toBe('EXPLORATION');
    await later.setState(42, 'SCENARIO');
    expect(await opened.documents.get('ac:42', '$')).toMatchObject({
      value: { schema: 2, skills: { sprint: 1 }, state: 'SCENARIO' },
    });
  });

  test('this release neither reads nor writes nor replaces a session of the next', async () => {
    const later = { ...accountContext(), schema: 2, wings: true };
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
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { key: 'ac:42', version: 2 } }]);
  });
}
