import type { SideSetup } from '../../domains/combat/battle-sides.ts';
import {
  type BattleSetup,
  type TurnRules,
  openBattle,
} from '../../domains/combat/battle-session.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import type { Archetype } from '../../domains/account/account-context.ts';
import { freshSheet } from './combat-sheets.ts';

export const turnRules: TurnRules = { turnMs: 40_000, maxIdleTurns: 3 };
export const BATTLE_START_MS = 1_000_000;

export function freshSide(charId: number, archetype: Archetype = 'warrior'): SideSetup {
  const sheet = freshSheet(archetype);
  return {
    charId,
    userId: 1000 + charId,
    name: `Fighter${'ABCDEFGH'.charAt(charId)}`,
    gender: null,
    gs: 100,
    standing: null,
    rating: null,
    searchedMs: null,
    returnState: 'EXPLORATION',
    sheet,
    stats: sheet.stats,
  };
}

/** A duel of characters 1 and 2, or of 1 and its Shadow. */
export function battleSetup(change: Partial<BattleSetup> = {}): BattleSetup {
  return {
    id: 'duel00000001',
    seed: '0123456789abcdef0123456789abcdef',
    mode: '1v1',
    first: freshSide(1),
    second: freshSide(2, 'guardian'),
    matching: null,
    ...change,
  };
}

export function freshBattle(change: Partial<BattleSetup> = {}): BattleRecord {
  return openBattle(battleSetup(change), BATTLE_START_MS, turnRules);
}
