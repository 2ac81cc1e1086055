import { BlockList } from '../domains/account/block-list.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Messenger } from '../domains/core/messenger.ts';
import { Erasure, type ErasureDeps } from '../domains/privacy/erasure.ts';
import { KeptExpiry } from '../domains/privacy/kept-expiry.ts';
import { Retention } from '../domains/privacy/retention.ts';
import { Support } from '../domains/privacy/support.ts';
import type { Connection } from '../redis/connect.ts';
import { UserKeysManager } from '../redis/managers/user-keys-manager.ts';
import type { Repositories } from './repositories.ts';
import type { Settings } from './settings.ts';

/** Where nothing but screens is sent. */
export const noMessenger: Messenger = {
  sendFile: () => Promise.resolve(false),
  sendPhoto: () => Promise.resolve(null),
  sendNote: () => Promise.resolve(false),
  sendBulk: () => Promise.resolve('failed'),
};

export interface PrivacyDeps extends Omit<ErasureDeps, 'userData' | 'userKeys'> {
  readonly repositories: Repositories;
  readonly settings: Settings;
  readonly memos: MemoStore;
  readonly messenger?: Messenger;
  readonly clock: Clock;
  readonly log: Log;
}

/** Blocks, what is stored about users, and how they reach the operators. */
export function privacyServices(redis: Connection, deps: PrivacyDeps) {
  const { repositories, settings, messenger = noMessenger } = deps;
  const userKeys = new UserKeysManager(redis);
  const { userData, users, blocks, retention } = repositories;
  const erasure = new Erasure({ ...deps, userData, userKeys });
  const { ARENA_BATTLES_DAYS: battlesDays, ARENA_USERS_DAYS: usersDays } = settings;
  return {
    userKeys,
    messenger,
    blockList: new BlockList({ ...deps, blocks }),
    erasure,
    retention: new Retention({ ...deps, retention, erasure, battlesDays, usersDays }),
    support: new Support({ ...deps, messenger, users, admins: settings.ARENA_ADMINS }),
    keptExpiry: new KeptExpiry({ ...deps, userData }),
  };
}
