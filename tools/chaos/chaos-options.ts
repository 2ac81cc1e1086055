import { type FaultKind, type Range, faultKinds } from './fault-plan.ts';
import type { OlderRelease } from './older-release.ts';
import { canLimitFiles } from './redis-process.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly players: number;
  /** The first receives updates; the others, if any, run waves and timers. */
  readonly bots: number;
  readonly receives: 'polling' | 'webhook';
  /** The embedded one serves one bot alone. */
  readonly database: 'postgresql' | 'embedded';
  /** null: there is none in this clone, or it is not wanted. */
  readonly olderRelease: OlderRelease | null;
  readonly durationMs: number;
  readonly intervalMs: Range;
  /** No fault lasts longer; null: each as long as it likes. */
  readonly longestMs: number | null;
  /** Within which all sessions must be saved; null: unsaved sessions are no violation. */
  readonly saveTimeoutMs: number | null;
  readonly print: (line: string) => void;
}

interface Gap {
  readonly what: string;
  readonly kinds: readonly FaultKind[];
}

/** What this run does not test, with the faults that it leaves out for that. */
export function gapsOf(
  options: Pick<ChaosOptions, 'receives' | 'database' | 'olderRelease'>,
): readonly Gap[] {
  const isEmbedded = options.database === 'embedded';
  const postgresKinds = [...faultKinds].filter((kind) => kind.startsWith('postgres'));
  const gaps: (Gap & { readonly isOpen: boolean })[] = [
    {
      what: 'a webhook, and one that is taken away: --webhook has it',
      kinds: ['webhook removed'],
      isOpen: options.receives === 'polling',
    },
    {
      what: 'a silent line while polling: a run without --webhook has it',
      kinds: ['telegram silent'],
      isOpen: options.receives === 'webhook',
    },
    { what: 'the embedded database (PGlite): --embedded has it', kinds: [], isOpen: !isEmbedded },
    {
      what: 'PostgreSQL and several processes: a run without --embedded has them',
      kinds: postgresKinds,
      isOpen: isEmbedded,
    },
    {
      what: 'processes of two releases: no older one was given, or is in this clone',
      kinds: ['release changed'],
      isOpen: options.olderRelease === null,
    },
    {
      what: 'a full disk of Redis: there is no prlimit on this machine',
      kinds: ['redis disk full'],
      isOpen: !canLimitFiles(),
    },
    { what: 'a full disk of the embedded database', kinds: [], isOpen: true },
    { what: 'a failover by Sentinel, a Redis Cluster', kinds: [], isOpen: true },
  ];
  return gaps.filter(({ isOpen }) => isOpen);
}
