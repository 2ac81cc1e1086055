import type { Rules } from './rules.ts';
import { rules1 } from './v1/rules-1.ts';

/** Every version that stored battles may have been fought by. */
const versions: ReadonlyMap<number, Rules> = new Map([[1, rules1]]);

/** The rules that new battles are fought by: a release after they are known, for its neighbours' sake. */
export const CURRENT_RULES = 1;

/** Rules that this release does not know. */
export class UnknownRulesError extends Error {
  override readonly name = 'UnknownRulesError';
  readonly version: number;
  constructor(version: number) {
    super(`No rules of version ${version}`);
    this.version = version;
  }
}

export function isKnownRules(version: number): boolean {
  return versions.has(version);
}

/** Raises UnknownRulesError. */
export function rulesOf(version: number): Rules {
  const rules = versions.get(version);
  if (rules === undefined) throw new UnknownRulesError(version);
  return rules;
}
