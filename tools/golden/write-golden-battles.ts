import { existsSync, writeFileSync } from 'node:fs';
import { CURRENT_RULES, rulesOf } from '../../domains/combat/rules/rules-of.ts';
import { fightGoldenBattles } from './fight-golden-battles.ts';
import { goldenFile, goldenText } from './golden-battle.ts';

export interface WriteOptions {
  /** Of the rules. */
  readonly version: number;
  readonly file?: string;
  readonly overwrite?: boolean;
}

/** 'kept' if there are some already: what stored battles came to is not to be written anew. */
export function writeGoldenBattles({
  version,
  file,
  overwrite = false,
}: WriteOptions): 'written' | 'kept' {
  const target = file ?? goldenFile(version);
  if (existsSync(target) && !overwrite) return 'kept';
  writeFileSync(target, goldenText(version, fightGoldenBattles(rulesOf(version))));
  return 'written';
}

export function versionFrom(words: readonly string[]): number {
  const told = words.find((word) => /^\d+$/.test(word));
  return told === undefined ? CURRENT_RULES : Number(told);
}
