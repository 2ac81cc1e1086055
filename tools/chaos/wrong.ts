/** What must hold after whatever has happened: the arena's five invariants, then what people were promised. */
export const rules = [
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
  'every process in order',
] as const;
export type Rule = (typeof rules)[number];

/** Something that is against a rule. */
export interface Wrong {
  readonly rule: Rule;
  readonly what: string;
}

export function wrong(rule: Rule, what: string): Wrong {
  return { rule, what };
}

export function inWords({ rule, what }: Wrong): string {
  return `${rule}: ${what}`;
}
