/** What must hold after whatever has happened: the arena's five invariants, then what people were promised. */
export const invariants = [
  'in one place at most',
  'claimed both or neither',
  'nobody lost',
  'no ghosts',
  'repeated without harm',
  'every battle ends',
  'every result stored once',
  'every result counted once',
  'every next tap answered',
  'every session saved',
  'every character as chosen',
  'every process in order',
] as const;
export type Invariant = (typeof invariants)[number];

/** Something that is against a rule. */
export interface Violation {
  readonly rule: Invariant;
  readonly what: string;
}

export function violation(rule: Invariant, what: string): Violation {
  return { rule, what };
}

export function describeViolation({ rule, what }: Violation): string {
  return `${rule}: ${what}`;
}
