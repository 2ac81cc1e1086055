import { seededDraw } from 'telegram-sandbox/testing';

export type Fault =
  | { readonly kind: 'bot killed'; readonly bot: number; readonly downMs: number }
  /** By SIGTERM, as with every release. */
  | { readonly kind: 'bot stopped'; readonly bot: number; readonly downMs: number }
  /** The bot starts anew with a clock that goes ahead, and anew with the right one after so long. */
  | { readonly kind: 'clock ahead'; readonly bot: number; readonly forMs: number }
  | { readonly kind: 'redis killed'; readonly downMs: number }
  /** In order, as for an update of the server. */
  | { readonly kind: 'redis restarted'; readonly downMs: number }
  | { readonly kind: 'redis paused'; readonly forMs: number }
  | { readonly kind: 'redis drops all' }
  | { readonly kind: 'redis full'; readonly forMs: number }
  | { readonly kind: 'redis read-only'; readonly forMs: number }
  | { readonly kind: 'postgres killed'; readonly downMs: number }
  /** As a managed host does with a full disk, or after a failover. */
  | { readonly kind: 'postgres read-only'; readonly forMs: number }
  /** The next poll is answered so much later. */
  | { readonly kind: 'telegram silent'; readonly forMs: number }
  /** So many of the next come once more, though they were confirmed. */
  | { readonly kind: 'updates doubled'; readonly count: number };

export type FaultKind = Fault['kind'];

export interface PlannedFault {
  /** So long after the one before it has begun. */
  readonly afterMs: number;
  readonly fault: Fault;
}

export interface PlanOptions {
  readonly seed: number;
  readonly bots: number;
  /** Between the beginnings of two faults. */
  readonly pauseMs: Range;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Bots are killed more often than all else: that is what happens with every release. */
const round: readonly FaultKind[] = [
  'bot killed',
  'redis killed',
  'redis full',
  'bot killed',
  'redis paused',
  'clock ahead',
  'redis drops all',
  'bot killed',
  'redis read-only',
  'postgres killed',
  'bot stopped',
  'postgres read-only',
  'telegram silent',
  'redis restarted',
  'updates doubled',
];

/** What the run says nothing about. */
export const uncovered: readonly string[] = [
  ...['the embedded database (PGlite)', 'a full disk', 'a Redis that lost everything'],
  ...['a webhook, and one that is taken away', 'processes of two releases side by side'],
  ...['a primary that stays demoted behind one address', 'turns lost while nobody can be heard'],
];

export const faultKinds: ReadonlySet<FaultKind> = new Set(round);

/** Rounds of all faults, each in an order of its own, for ever; the same for the same seed. */
export function* planFaults({ seed, bots, pauseMs }: PlanOptions): Generator<PlannedFault, never> {
  const draw = seededDraw(seed);
  const between = (least: number, most: number) => Math.floor(least + draw() * (most - least));
  for (;;) {
    for (const kind of shuffled(round, draw)) {
      const bot = between(0, bots);
      const afterMs = between(pauseMs.least, pauseMs.most);
      yield { afterMs, fault: faultOf(kind, { bot, between }) };
    }
  }
}

function faultOf(
  kind: FaultKind,
  { bot, between }: { bot: number; between: (least: number, most: number) => number },
): Fault {
  switch (kind) {
    case 'bot killed':
    case 'bot stopped':
      return { kind, bot, downMs: between(0, 1_500) };
    case 'clock ahead':
      return { kind, bot, forMs: between(5_000, 12_000) };
    case 'redis killed':
    case 'redis restarted':
    case 'postgres killed':
      return { kind, downMs: between(0, 2_000) };
    case 'redis paused':
      // Longer than the clients wait for a command: then it is carried out all the same.
      return { kind, forMs: between(500, 7_000) };
    case 'redis drops all':
      return { kind };
    case 'redis full':
    case 'redis read-only':
    case 'postgres read-only':
      return { kind, forMs: between(500, 3_000) };
    case 'telegram silent':
      return { kind, forMs: between(5_000, 15_000) };
    case 'updates doubled':
      return { kind, count: between(20, 200) };
  }
}

function shuffled<T>(items: readonly T[], draw: () => number): T[] {
  return items
    .map((item) => ({ item, order: draw() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
