/** What must hold after every run: the arena's five invariants first, then what players are promised. */
export const invariants = [
  'in one place at most',
  'claimed both or neither',
  'nobody lost',
  'no stale queue entries',
  'retries harmless',
  'every battle ends',
  'no turn lost in an outage',
  'every result stored once',
  'every result counted once',
  'every battle paid once',
  'every standing recounted',
  'every battle rated once',
  'every wallet adds up',
  'every level earned',
  'every item granted once',
  'every item in its place',
  'gear as worn',
  'every place reached by steps',
  'every encounter fought once',
  'every wild battle paid as won',
  'all energy counted',
  'all materials counted',
  'every session as earned',
  'every next tap answered',
  'every session saved',
  'every character as chosen',
  'every language as chosen',
  'every process exits cleanly',
] as const;
export type Invariant = (typeof invariants)[number];

export interface Violation {
  readonly invariant: Invariant;
  readonly detail: string;
}

export function violation(invariant: Invariant, detail: string): Violation {
  return { invariant, detail };
}

export function describeViolation({ invariant, detail }: Violation): string {
  return `${invariant}: ${detail}`;
}
