import type { Wait } from '../../domains/core/wait.ts';
import { withinTime } from '../../domains/core/within-time.ts';

export interface ReadinessDeps {
  /** Null: to receive updates is no part of this process. */
  readonly isReceiving: (() => boolean) | null;
  /** Rejects if Redis accepts no write. */
  readonly writeToRedis: () => Promise<void>;
  readonly health: DatabaseHealth;
  /** Why no new battles begin; null: they do. */
  readonly draining: () => Promise<string | null>;
  readonly wait: Wait;
}

export interface DatabaseHealth {
  ping(): Promise<void>;
  /** Whether an outage is known: the game goes on without the database. */
  isAway(): boolean;
}

export interface Readiness {
  readonly isReady: boolean;
  /** Why not. */
  readonly reasons: readonly string[];
  readonly parts: Readonly<Record<string, string>>;
}

const LIMIT_MS = 2_000;

/** What works now is asked for; each check has two seconds. */
export async function checkReadiness(deps: ReadinessDeps): Promise<Readiness> {
  const [redis, database, draining] = await Promise.all([
    stateOf(deps.writeToRedis, deps, 'writable'),
    databaseState(deps),
    deps.draining().catch(() => null),
  ]);
  const telegram = deps.isReceiving === null ? null : deps.isReceiving() ? 'heard' : 'not heard';
  const parts = { ...(telegram === null ? {} : { telegram }), redis, database };
  const broken = Object.entries(parts).filter(([, state]) => !fine.has(state));
  const reasons = broken.map(([part, state]) => `${part}: ${state}`);
  if (draining !== null) reasons.push(`draining: ${draining}`);
  return { isReady: reasons.length === 0, reasons, parts };
}

const fine: ReadonlySet<string> = new Set(['heard', 'writable', 'reachable', 'away']);

/** An outage may become known, and may end, by asking. */
async function databaseState(deps: ReadinessDeps): Promise<string> {
  const { health } = deps;
  const state = await stateOf(() => health.ping(), deps, 'reachable');
  return health.isAway() ? 'away' : state;
}

async function stateOf(
  check: () => Promise<void>,
  { wait }: Pick<ReadinessDeps, 'wait'>,
  works: string,
): Promise<string> {
  try {
    await withinTime(check(), { limitMs: LIMIT_MS, wait });
    return works;
  } catch {
    return 'no answer';
  }
}
