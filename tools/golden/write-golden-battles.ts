import { existsSync, writeFileSync } from 'node:fs';
import { CURRENT_RULES, rulesOf } from '../../domains/combat/rules/rules-of.ts';
import { fightGoldenBattles } from './fight-golden-battles.ts';
import { goldenFile, goldenText } from './golden-battle.ts';

export interface WriteOptions {
  readonly version: number;
  readonly file?: string;
  readonly overwrite?: boolean;
}

/** 'exists' and no change if the file is there: stored battles of released rules must not change. */
export function writeGoldenBattles({
  version,
  file,
  overwrite = false,
}: WriteOptions): 'written' | 'exists' {
  const target = file ?? goldenFile(version);
  if (existsSync(target) && !overwrite) return 'exists';
  writeFileSync(target, goldenText(version, fightGoldenBattles(rulesOf(version))));
  return 'written';
}

export function versionFrom(args: readonly string[]): number {
  const given = args.find((arg) => /^\d+$/.test(arg));
  return given === undefined ? CURRENT_RULES : Number(given);
}
