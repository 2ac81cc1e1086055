import type { UserStore } from '../domains/account/user-store.ts';
import { AdminService } from '../domains/admin/admin-service.ts';
import { banGate } from '../domains/admin/ban-feature.ts';
import { Announcements } from '../domains/admin/announcements.ts';
import { Bans } from '../domains/admin/bans.ts';
import { Broadcaster } from '../domains/admin/broadcaster.ts';
import type { ActionRouter } from '../domains/arena/action-router.ts';
import type { ArenaFigures } from '../domains/arena/arena-figures.ts';
import type { ArenaSessionService } from '../domains/arena/arena-session-service.ts';
import { NotLoggedInError } from '../domains/arena/not-logged-in-error.ts';
import type { SearchLog } from '../domains/arena/search-forecast.ts';
import { Drain } from '../domains/arena/drain.ts';
import type { CombatService } from '../domains/combat/combat-service.ts';
import type { Announcer } from '../domains/core/announcer.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Messenger } from '../domains/core/messenger.ts';
import { modes } from '../domains/core/mode.ts';
import type { Connection } from '../redis/connect.ts';
import { DrainManager } from '../redis/managers/drain-manager.ts';
import { noMessenger } from './privacy-services.ts';
import type { Repositories } from './repositories.ts';
import type { Settings } from './settings.ts';

export interface AdminDeps {
  readonly repositories: Repositories;
  readonly settings: Settings;
  readonly searches: Pick<SearchLog, 'countExpired'>;
  readonly sessions: ArenaSessionService;
  readonly combat: CombatService;
  readonly announcer: Announcer;
  readonly messenger?: Messenger;
  readonly memos: MemoStore;
  readonly players: Pick<UserStore, 'getLanguage'>;
  readonly screenOf: ActionRouter['screenOf'];
  readonly figures: () => Promise<ArenaFigures>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What operators do, and what keeps banned users out. */
export function adminServices({ client }: Connection, deps: AdminDeps) {
  const drain = new Drain({ store: new DrainManager(client), log: deps.log });
  const { repositories, settings, messenger = noMessenger } = deps;
  const { admin: store, broadcasts } = repositories;
  const bans = new Bans({ ...deps, store, leaveQueues: leavingQueues(deps) });
  return {
    bans,
    drain,
    gate: banGate({ bans }),
    news: newsOf(deps),
    broadcaster: new Broadcaster({ ...deps, store: broadcasts, messenger }),
    admin: new AdminService({
      ...deps,
      ...repositories,
      store,
      broadcasts,
      bans,
      drain,
      messenger,
      admins: settings.ARENA_ADMINS,
    }),
  };
}

function newsOf({ repositories, players, ...deps }: AdminDeps): Announcements {
  const { announcements } = repositories;
  const languageOf = (userId: number) => players.getLanguage(userId);
  return new Announcements({ ...deps, announcements, languageOf });
}

/** Players who waited see why they do not any more. */
function leavingQueues(deps: AdminDeps) {
  const { repositories, sessions } = deps;
  return async (userId: number): Promise<void> => {
    for (const { character_id: charId } of await repositories.characters.listOf(userId)) {
      const left = await Promise.all(modes.map((mode) => sessions.leaveQueue(charId, mode)));
      if (left.includes('left')) await showPresent(deps, userId, charId);
    }
  };
}

/** Nothing for a character whose session is gone: the player's next tap shows it. */
async function showPresent(
  { announcer, screenOf }: AdminDeps,
  userId: number,
  charId: number,
): Promise<void> {
  try {
    announcer.announce(userId, await screenOf(charId), { delivery: 'edit', cause: 'tap' });
  } catch (error) {
    if (!(error instanceof NotLoggedInError)) throw error;
  }
}
