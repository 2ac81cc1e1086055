import { seededDraw } from 'telegram-sandbox/testing';

export type Fault =
  | { readonly kind: 'bot killed'; readonly bot: number; readonly downMs: number }
  /** By SIGTERM, as with every release. */
  | { readonly kind: 'bot stopped'; readonly bot: number; readonly downMs: number }
  /** The bot restarts with a fast clock, and again with the right one after `durationMs`. */
  | { readonly kind: 'clock ahead'; readonly bot: number; readonly durationMs: number }
  | { readonly kind: 'redis killed'; readonly downMs: number }
  | { readonly kind: 'redis restarted'; readonly downMs: number }
  | { readonly kind: 'redis paused'; readonly durationMs: number }
  | { readonly kind: 'redis connections dropped' }
  | { readonly kind: 'redis full'; readonly durationMs: number }
  | { readonly kind: 'redis read-only'; readonly durationMs: number }
  | { readonly kind: 'postgres killed'; readonly downMs: number }
  /** As a managed host does with a full disk, or after a failover. */
  | { readonly kind: 'postgres read-only'; readonly durationMs: number }
  /** The next poll is answered so much later. */
  | { readonly kind: 'telegram silent'; readonly durationMs: number }
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
  'bot killed',
  'redis read-only',
  'postgres killed',
  'bot stopped',
  'postgres read-only',
  'telegram silent',
  'redis restarted',
  'updates duplicated',
];

/** What a run does not test. */
export const uncovered: readonly string[] = [
  ...['the embedded database (PGlite)', 'a full disk', 'a Redis that lost everything'],
  ...['a webhook, and one that is taken away', 'processes of two releases side by side'],
  ...['a primary that stays demoted behind one address', 'turns lost while nobody can be heard'],
];

export const faultKinds: ReadonlySet<FaultKind> = new Set(round);

/** Endless rounds of all faults, each round shuffled; the same for the same seed. */
export function* planFaults({
  seed,
  bots,
  intervalMs,
}: PlanOptions): Generator<PlannedFault, never> {
  const draw = seededDraw(seed);
  const between = (min: number, max: number) => Math.floor(min + draw() * (max - min));
  for (;;) {
    for (const kind of shuffled(round, draw)) {
      const bot = between(0, bots);
      const afterMs = between(intervalMs.min, intervalMs.max);
      yield { afterMs, fault: faultOf(kind, { bot, between }) };
    }
  }
}

function faultOf(
  kind: FaultKind,
  { bot, between }: { bot: number; between: (min: number, max: number) => number },
): Fault {
  switch (kind) {
    case 'bot killed':
    case 'bot stopped':
      return { kind, bot, downMs: between(0, 1_500) };
    case 'clock ahead':
      return { kind, bot, durationMs: between(5_000, 12_000) };
    case 'redis killed':
    case 'redis restarted':
    case 'postgres killed':
      return { kind, downMs: between(0, 2_000) };
    case 'redis paused':
      // Also longer than the clients' command timeout: then a command runs that the bot gave up on.
      return { kind, durationMs: between(500, 7_000) };
    case 'redis connections dropped':
      return { kind };
    case 'redis full':
    case 'redis read-only':
    case 'postgres read-only':
      return { kind, durationMs: between(500, 3_000) };
    case 'telegram silent':
      return { kind, durationMs: between(5_000, 15_000) };
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
