import type { DirtyKind, Backlog } from '../../domains/account/write-behind-queue.ts';
import type { ArenaFigures } from '../../domains/arena/arena-figures.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { OutboxMetrics } from '../outbox/outbox-metrics.ts';
import type { ActivePlayers } from './active-players.ts';
import type { Readiness } from './readiness.ts';

/** What is read when somebody asks for it. */
export const gaugeTable = {
  arena_ready: { help: '1 if /readyz answers 200', labels: [] },
  arena_dependency_up: { help: '1 if telegram, redis or database works', labels: ['name'] },
  arena_active_players: {
    help: 'Users whose updates this process received in the last 5 minutes',
    labels: [],
  },
  arena_queue_waiting: { help: 'Characters in the queue', labels: ['mode'] },
  arena_queue_longest_wait_seconds: { help: 'The longest wait in the queue now', labels: [] },
  arena_battles_running: { help: 'Battles that run', labels: [] },
  battles_claimed_without_battle: { help: 'Claimed matches without a battle', labels: [] },
  battles_claimed_oldest_seconds: { help: 'Age of the oldest of them', labels: [] },
  write_behind_waiting: { help: 'Changes that the database does not have', labels: ['kind'] },
  write_behind_age_seconds: { help: 'Age of the oldest of them', labels: ['kind'] },
  outbox_age_seconds: {
    help: 'Age of the oldest screen that waits to be sent, by priority: reply, clock or ambient',
    labels: ['priority'],
  },
} as const satisfies Record<string, { readonly help: string; readonly labels: readonly string[] }>;

/** What the outbox counts itself. */
export const outboxTable = {
  outbox_dropped_total: { help: 'Screens that were given up', labels: [] },
  outbox_screens_total: { help: 'What became of screens and their calls', labels: ['result'] },
} as const;

type GaugeName = keyof typeof gaugeTable | keyof typeof outboxTable;

export interface Reading {
  readonly name: GaugeName;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface GaugeSources {
  readonly readiness: () => Promise<Readiness>;
  readonly figures: () => Promise<ArenaFigures>;
  readonly backlog: (kind: DirtyKind) => Promise<Backlog>;
  readonly outbox: {
    readonly metrics: Readonly<OutboxMetrics>;
    waitsMs(): Readonly<Record<string, number>>;
  };
  readonly activePlayers: Pick<ActivePlayers, 'count'>;
  readonly clock: Clock;
}

const ACTIVE_MS = 5 * 60_000;
const kinds: readonly DirtyKind[] = ['session', 'user'];
const works: ReadonlySet<string> = new Set(['heard', 'writable', 'reachable']);

/** What cannot be read now is left out. */
export async function readGauges(sources: GaugeSources): Promise<Reading[]> {
  const { outbox, activePlayers } = sources;
  const parts = await Promise.all([
    ofReadiness(sources),
    ofArena(sources).catch(() => []),
    ofWriteBehind(sources).catch(() => []),
  ]);
  const screens = Object.entries(outbox.metrics);
  return [
    ...parts.flat(),
    { name: 'arena_active_players', value: activePlayers.count(ACTIVE_MS) },
    { name: 'outbox_dropped_total', value: outbox.metrics.dropped },
    ...screens.map(([result, value]): Reading => ({
      name: 'outbox_screens_total',
      labels: { result },
      value,
    })),
    ...Object.entries(outbox.waitsMs()).map(([priority, ms]): Reading => ({
      name: 'outbox_age_seconds',
      labels: { priority },
      value: ms / 1000,
    })),
  ];
}

async function ofReadiness({ readiness }: GaugeSources): Promise<Reading[]> {
  const { isReady, parts } = await readiness();
  const dependencies = Object.entries(parts).map(([name, state]): Reading => ({
    name: 'arena_dependency_up',
    labels: { name },
    value: works.has(state) ? 1 : 0,
  }));
  return [{ name: 'arena_ready', value: isReady ? 1 : 0 }, ...dependencies];
}

async function ofArena({ figures }: GaugeSources): Promise<Reading[]> {
  const { waiting, longestWaitMs, battles, claims, oldestClaimMs } = await figures();
  return [
    ...waiting.map(({ mode, count }): Reading => ({
      name: 'arena_queue_waiting',
      labels: { mode },
      value: count,
    })),
    { name: 'arena_queue_longest_wait_seconds', value: longestWaitMs / 1000 },
    { name: 'arena_battles_running', value: battles },
    { name: 'battles_claimed_without_battle', value: claims },
    { name: 'battles_claimed_oldest_seconds', value: oldestClaimMs / 1000 },
  ];
}

async function ofWriteBehind({ backlog, clock }: GaugeSources): Promise<Reading[]> {
  const of = async (kind: DirtyKind): Promise<Reading[]> => {
    const { count, oldestMs } = await backlog(kind);
    const ageS = oldestMs === null ? 0 : Math.max(0, clock.now() - oldestMs) / 1000;
    return [
      { name: 'write_behind_waiting', labels: { kind }, value: count },
      { name: 'write_behind_age_seconds', labels: { kind }, value: ageS },
    ];
  };
  return (await Promise.all(kinds.map(of))).flat();
}
