import type { Stats } from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import type { ArchivedBattle, ArchivedSide } from '../../domains/combat/battle-archive.ts';
import { fighterSheetOf } from '../../domains/combat/fighter-sheet.ts';
import { monsterSheet } from '../../domains/combat/monster.ts';
import { monsterPolicy } from '../../domains/combat/rules/v1/policy/monster-moves.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import type { Monster } from '../../domains/combat/wild-battles.ts';
import type { Earnings } from '../../domains/inventory/journey.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { playDuel } from '../../tests/support/play-duel.ts';

/** The health with which a character comes back from a defeat, as the battle gives it. */
const BEATEN_HEALTH = 0.25;

export interface WildFight {
  readonly ended: ArchivedBattle;
  readonly exchanges: number;
  /** What the character has afterwards. */
  readonly stats: Stats;
}

/** A battle of the engine, with the present vitals; the character has the mind of the Shadow. */
export function wildFight(
  earnings: Earnings,
  {
    id,
    monster,
    seed,
    endedAtMs,
    stats,
  }: {
    readonly id: string;
    readonly monster: Monster;
    readonly seed: string;
    readonly endedAtMs: number;
    readonly stats: Stats;
  },
): WildFight {
  const { archetype, attributes, skills, gear, loadout, charId, userId } = earnings;
  const sheet = characterSheet({ archetype, attributes, skills, gear, loadout });
  const hp = { ...stats.hp, cur: Math.max(1, stats.hp.cur) };
  const own = { ...fighterSheetOf(sheet), stats: { ...stats, hp } };
  const sheets: ArchivedBattle['sheets'] = [own, monsterSheet(monster)];
  const policies = [shadowPolicy, monsterPolicy(monsterNumbers[monster])] as const;
  const { battle, inputs } = playDuel({ seed, sheets, policies });
  const outcome = battle.outcome ?? { winner: null, reason: 'turn_limit' };
  const { winner } = outcome;
  const result = winner === null ? 'drawn' : winner === 0 ? 'won' : 'lost';
  const plain = { name: '', gender: null, gs: sheet.gs, ownMoves: null };
  const sides: [ArchivedSide, ArchivedSide] = [
    { ...plain, charId, userId, monster: null, result },
    { ...plain, charId: null, userId: null, monster, result: 'drawn' },
  ];
  return {
    ended: {
      id,
      mode: '1v1',
      rules: battle.rules,
      seed,
      sheets,
      inputs: [...inputs],
      outcome,
      turns: battle.turn,
      startedAtMs: endedAtMs,
      endedAtMs,
      hadOutage: false,
      sides,
    },
    exchanges: battle.turn,
    stats: afterwards(battle.fighters[0].stats, result === 'lost'),
  };
}

function afterwards(left: Stats, isBeaten: boolean): Stats {
  const { hp } = left;
  return isBeaten ? { ...left, hp: { ...hp, cur: Math.round(BEATEN_HEALTH * hp.max) } } : left;
}
