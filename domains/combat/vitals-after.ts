import type { Stats } from '../account/account-context.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { isWild } from './side-kind.ts';

/** The health with which a character comes back from a monster that beat it. */
const BEATEN_HEALTH = 0.25;

/**
 * What a character has after a battle: in the arena what it brought, in the wild what is left. Battles of
 * earlier releases leave what they left.
 */
export function vitalsAfter(record: BattleRecord, side: Side): Stats {
  const { returnStats } = record.sides[side];
  const left = record.battle.fighters[side].stats;
  if (returnStats !== null) return returnStats;
  if (!isWild(record)) return left;
  const winner = record.battle.outcome?.winner ?? null;
  const { cur, max } = left.hp;
  const hp = winner === null || winner === side ? cur : Math.round(BEATEN_HEALTH * max);
  return { ...left, hp: { cur: Math.max(hp, 1), max } };
}
