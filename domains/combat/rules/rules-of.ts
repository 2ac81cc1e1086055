import type { Rules } from './rules.ts';
import { rules1 } from './v1/rules-1.ts';

/** Every version that a stored battle may name. */
const versions: ReadonlyMap<number, Rules> = new Map(
  [rules1].map((rules) => [rules.version, rules]),
);
export const knownRules: readonly number[] = [...versions.keys()];

/**
 * The version for new battles. It rises one release after that version became known, so that processes
 * of the previous release can read the new battles.
 */
export const CURRENT_RULES = 1;

export class UnknownRulesError extends Error {
  override readonly name = 'UnknownRulesError';
  readonly version: number;
  constructor(version: number) {
    super(`Rules of version ${version} are unknown`);
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
