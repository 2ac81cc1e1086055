import { seededDraw } from 'telegram-sandbox/testing';

export type Fault =
  | { readonly kind: 'bot killed'; readonly bot: number; readonly downMs: number }
  /** By SIGTERM, as with every release. */
  | { readonly kind: 'bot stopped'; readonly bot: number; readonly downMs: number }
  /** The bot restarts with a fast clock, and again with the right one after `durationMs`. */
  | { readonly kind: 'clock ahead'; readonly bot: number; readonly durationMs: number }
  /** A bot of the older release takes its place, at first beside it, and gives it back after `durationMs`. */
  | { readonly kind: 'release changed'; readonly bot: number; readonly durationMs: number }
  | { readonly kind: 'redis killed'; readonly downMs: number }
  | { readonly kind: 'redis restarted'; readonly downMs: number }
  | { readonly kind: 'redis paused'; readonly durationMs: number }
  | { readonly kind: 'redis connections dropped' }
  | { readonly kind: 'redis full'; readonly durationMs: number }
  | { readonly kind: 'redis disk full'; readonly durationMs: number }
  | { readonly kind: 'redis read-only'; readonly durationMs: number }
  /** Its replica takes over behind the same address, and it stays a replica. */
  | { readonly kind: 'redis demoted' }
  /** Somebody deletes everything. */
  | { readonly kind: 'redis flushed' }
  /** It starts again without its file. */
  | { readonly kind: 'redis file lost'; readonly downMs: number }
  | { readonly kind: 'postgres killed'; readonly downMs: number }
  | { readonly kind: 'postgres disk full'; readonly durationMs: number }
  /** As a managed host does with a full disk, or after a failover. */
  | { readonly kind: 'postgres read-only'; readonly durationMs: number }
  /** Polls are answered so much later. */
  | { readonly kind: 'telegram silent'; readonly durationMs: number }
  /** Somebody with the token removes the webhook to poll. */
  | { readonly kind: 'webhook removed' }
  /** The next `count` updates are delivered a second time after they were confirmed. */
  | { readonly kind: 'updates duplicated'; readonly count: number };

export type FaultKind = Fault['kind'];

export interface PlannedFault {
  /** From the start of the fault before it. */
  readonly afterMs: number;
  readonly fault: Fault;
}

export interface PlanOptions {
  readonly seed: number;
  readonly bots: number;
  readonly intervalMs: Range;
  /** No fault lasts longer; null: each as long as it likes. */
  readonly longestMs: number | null;
  /** Kinds that this run cannot have, or is not for. */
  readonly without: ReadonlySet<FaultKind>;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Bots are killed most often: that happens with every release. */
const round: readonly FaultKind[] = [
  'bot killed',
  'redis killed',
  'redis full',
  'bot killed',
  'redis paused',
  'clock ahead',
  'redis connections dropped',
  'redis disk full',
  'bot killed',
  'redis read-only',
  'redis demoted',
  'postgres killed',
  'release changed',
  'bot stopped',
  'redis flushed',
  'postgres read-only',
  'telegram silent',
  'redis restarted',
  'postgres disk full',
  'redis file lost',
  'webhook removed',
  'updates duplicated',
];

export const faultKinds: ReadonlySet<FaultKind> = new Set(round);

/** Endless rounds of all faults, each round shuffled; the same for the same seed. */
export function* planFaults({
  seed,
  bots,
  intervalMs,
  longestMs,
  without,
}: PlanOptions): Generator<PlannedFault, never> {
  const draw = seededDraw(seed);
  const between = (min: number, max: number) => Math.floor(min + draw() * (max - min));
  const within = (min: number, max: number) => {
    const most = Math.min(max, longestMs ?? max);
    return between(Math.min(min, most), most);
  };
  const kinds = round.filter((kind) => !without.has(kind));
  if (kinds.length === 0) throw new RangeError('no fault is left');
  for (;;) {
    for (const kind of shuffled(kinds, draw)) {
      const bot = between(0, bots);
      const afterMs = between(intervalMs.min, intervalMs.max);
      yield { afterMs, fault: faultOf(kind, { bot, between, within }) };
    }
  }
}

type Draw = (min: number, max: number) => number;

function faultOf(
  kind: FaultKind,
  { bot, between, within }: { readonly bot: number; readonly between: Draw; readonly within: Draw },
): Fault {
  switch (kind) {
    case 'bot killed':
    case 'bot stopped':
      return { kind, bot, downMs: between(0, 1_500) };
    case 'clock ahead':
    case 'release changed':
      return { kind, bot, durationMs: within(5_000, 12_000) };
    case 'redis killed':
    case 'redis restarted':
    case 'redis file lost':
    case 'postgres killed':
      return { kind, downMs: between(0, 2_000) };
    case 'redis paused':
    case 'redis read-only':
    case 'redis disk full':
      // Also longer than the clients' command timeout, and than turn clocks may go unwatched.
      return { kind, durationMs: within(500, 9_000) };
    case 'redis connections dropped':
    case 'redis demoted':
    case 'redis flushed':
    case 'webhook removed':
      return { kind };
    case 'redis full':
    case 'postgres read-only':
    case 'postgres disk full':
      return { kind, durationMs: within(500, 3_000) };
    case 'telegram silent':
      return { kind, durationMs: within(5_000, 20_000) };
    case 'updates duplicated':
      return { kind, count: between(20, 200) };
  }
}

function shuffled<T>(items: readonly T[], draw: () => number): T[] {
  return items
    .map((item) => ({ item, order: draw() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
