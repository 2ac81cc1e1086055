import type { Clock } from '../../domains/core/clock.ts';
import { type CombatDeps, CombatService } from '../../domains/combat/combat-service.ts';
import { connectRedis } from '../../redis/connect.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { turnRules } from './battle-setup.ts';
import { FixedClock } from './clock.ts';
import { finishedSession } from './finished-session.ts';
import { never } from './never.ts';
import { MemoryBattleArchive } from './memory-battle-archive.ts';
import { RecordingLog } from './recording-log.ts';

export interface ObservedChange {
  readonly change: 'started' | 'moved' | 'chosen' | 'ended';
  readonly turn: number;
}

/** Combat services of several processes on one Redis, with live sessions of characters 1 and 2. */
export async function openCombatServices(
  processes = 1,
  overrides: Partial<Pick<CombatDeps, 'archive' | 'wait'>> = {},
) {
  const log = new RecordingLog();
  const clock = new FixedClock();
  const redis = await connectRedis({ url: null, log });
  const { client, documents } = redis;
  const accounts = new AccountManager({ client, documents, log });
  const battles = new BattleManager({ client, log });
  const archive = new MemoryBattleArchive();
  for (const charId of [1, 2])
    await accounts.createAccount(charId, finishedSession(charId, 1000 + charId));
  const changes: ObservedChange[] = [];
  const freed: [number, string][] = [];
  const lost: (number | null)[] = [];
  const restored: number[] = [];
  let saved: (charId: number) => Promise<void> = () => Promise.resolve();
  const serve = (time: Clock = clock) =>
    new CombatService({
      battles,
      archive,
      wait: never,
      accounts,
      seats: {
        freeSeat: (charId, id) => {
          const held = !freed.some(([char, battle]) => char === charId && battle === id);
          if (held) freed.push([charId, id]);
          return Promise.resolve(held);
        },
        isPending: () => Promise.resolve(false),
        getSeated: () => Promise.resolve([1, 2]),
      },
      restore: (charId) => {
        restored.push(charId);
        return saved(charId);
      },
      observer: {
        battleStarted: ({ battle }) => void changes.push({ change: 'started', turn: battle.turn }),
        battleMoved: ({ battle }) => void changes.push({ change: 'moved', turn: battle.turn }),
        choiceMade: ({ battle }) => void changes.push({ change: 'chosen', turn: battle.turn }),
        battleEnded: ({ battle }) => {
          changes.push({ change: 'ended', turn: battle.turn });
          return Promise.resolve();
        },
        battleLost: ({ user_id: userId }) => void lost.push(userId ?? null),
      },
      clock: time,
      log,
      rules: turnRules,
      ...overrides,
    });
  /** A process whose clock is fast. */
  const serveAhead = (aheadMs: number) => serve({ now: () => clock.now() + aheadMs });
  const services = Array.from({ length: processes }, () => serve());
  const [combat = serve()] = services;
  return {
    combat,
    services,
    serveAhead,
    accounts,
    battles,
    archive,
    client,
    documents,
    clock,
    log,
    changes,
    freed,
    lost,
    restored,
    /** Sets how a missing session is restored; by default it is not. */
    restoreBy: (open: typeof saved) => {
      saved = open;
    },
    close: () => redis.close(),
  };
}
