/** A time in which no tap could reach a running battle, in ms since the epoch. */
export interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
  /** How long it lasts before the bot can know of it. */
  readonly unnoticedMs: number;
  /** Whether a noticed one counts from its start: no turn clock ran meanwhile. */
  readonly countsWhole: boolean;
}

export type OutageKind = 'redis' | 'only process' | 'receiving process' | 'line';

/**
 * What the bot promises. Timers that did not run for more than 5 s were down all the time; while they
 * run, the heartbeat of a dead receiver expires after 5 s, and a silent line is noticed after 10 s,
 * because silence for less may be silence of the players.
 */
const promises: Readonly<Record<OutageKind, Pick<Outage, 'unnoticedMs' | 'countsWhole'>>> = {
  redis: { unnoticedMs: 5_000, countsWhole: true },
  'only process': { unnoticedMs: 5_000, countsWhole: true },
  'receiving process': { unnoticedMs: 5_000, countsWhole: false },
  line: { unnoticedMs: 10_000, countsWhole: false },
};

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function outage(kind: OutageKind, { fromMs, toMs }: Span): Outage {
  return { fromMs, toMs, ...promises[kind] };
}

/** The part in which turn clocks must stand still; null if there is none. */
export function noticedPart({ fromMs, toMs, unnoticedMs, countsWhole }: Outage): Span | null {
  if (toMs - fromMs <= unnoticedMs) return null;
  return { fromMs: countsWhole ? fromMs : fromMs + unnoticedMs, toMs };
}

/** How much of `within` the spans cover together. */
export function coveredMs(spans: readonly Span[], within: Span): number {
  let coveredUntilMs = within.fromMs;
  let sumMs = 0;
  for (const { fromMs, toMs } of spans.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const startMs = Math.max(fromMs, coveredUntilMs);
    const endMs = Math.min(toMs, within.toMs);
    if (endMs <= startMs) continue;
    sumMs += endMs - startMs;
    coveredUntilMs = endMs;
  }
  return sumMs;
}

/** Outages as they happen. */
export class OutageLog {
  readonly #outages: Outage[] = [];

  add(kind: OutageKind, span: Span): void {
    this.#outages.push(outage(kind, span));
  }

  async during<T>(kind: OutageKind, work: () => Promise<T>): Promise<T> {
    const fromMs = Date.now();
    try {
      return await work();
    } finally {
      this.add(kind, { fromMs, toMs: Date.now() });
    }
  }

  all(): readonly Outage[] {
    return this.#outages;
  }
}
