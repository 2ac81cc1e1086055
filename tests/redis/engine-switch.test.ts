import { beforeEach, expect, test } from 'vitest';
import { AccountSessionService } from '../../domains/account/account-session-service.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { keys } from '../../redis/keys.ts';
import {
  type DocumentsUnderTest,
  describeOnEachDocumentEngine,
} from '../support/document-engines.ts';
import { finishedSession } from '../support/finished-session.ts';
import { RecordingLog } from '../support/recording-log.ts';

const CHAR_ID = 42;
const character = {
  character_id: CHAR_ID,
  user_id: 7,
  name: 'Ann',
  gender: 'female' as const,
  archetype: 'mystic' as const,
  location_id: 'start_village',
  vitals_snapshot: null,
  created_at: '2026-01-01T00:00:00Z',
};

/** A text for the JSON module; for the Lua engine a value of another type, like the module's. */
async function leaveTheOthers({ engine, client }: DocumentsUnderTest): Promise<void> {
  const text = JSON.stringify(finishedSession(CHAR_ID, 7));
  if (engine === 'lua') await client.hset(keys.account(CHAR_ID), { document: text });
  else await client.set(keys.account(CHAR_ID), text);
}

describeOnEachDocumentEngine('a session written by the other document engine', (opened) => {
  let log: RecordingLog;
  let accounts: AccountManager;
  let sessions: AccountSessionService;

  beforeEach(async () => {
    await opened().client.flushdb();
    await leaveTheOthers(opened());
    log = new RecordingLog();
    accounts = new AccountManager({ ...opened(), log });
    const saved = { ...finishedSession(CHAR_ID, 7), location: { current: 'forest', prev: null } };
    sessions = new AccountSessionService({
      presence: { recordOpened: () => Promise.resolve() },
      accounts,
      characters: {
        find: () => Promise.resolve(character),
        update: () => Promise.resolve(true),
      },
      savedSessions: { load: () => Promise.resolve(saved) },
      runningBattle: () => Promise.resolve(null),
      leaveArena: () => Promise.resolve(),
      memos: { write: () => Promise.resolve() },
      log,
    });
  });

  test('is replaced by the saved session and logged once', async () => {
    const restored = await sessions.getOrRestore(CHAR_ID);
    expect(restored?.location.current).toBe('forest');
    expect(await sessions.getSession(CHAR_ID)).toEqual(restored);
    await accounts.setState(CHAR_ID, 'SCENARIO');
    expect(await accounts.getState(CHAR_ID)).toBe('SCENARIO');
    expect(log.lines.filter(({ level }) => level !== 'info')).toMatchObject([
      { level: 'warn', facts: { key: keys.account(CHAR_ID) } },
    ]);
  });

  test('reads as null and stays in Redis', async () => {
    expect(await accounts.snapshotAccount(CHAR_ID)).toBeNull();
    expect(await accounts.getFullAccount(CHAR_ID)).toBeNull();
    expect(await accounts.accountExists(CHAR_ID)).toBe(true);
    expect(log.lines).toHaveLength(1);
  });
});
