import { archetypes } from '../../domains/account/account-context.ts';
import { type Monster, monsterIds, monsterSheet } from '../../domains/combat/monster.ts';
import { monsterPolicy } from '../../domains/combat/rules/v1/policy/monster-moves.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { freshSheet, testSeed } from '../../tests/support/combat-sheets.ts';
import { playDuel } from '../../tests/support/play-duel.ts';

/** The share of battles that fresh characters win against each monster, in percent. */
export const monsterBands: Readonly<Record<Monster, { least: number; most: number }>> = {
  straw_man: { least: 97, most: 100 },
  rat: { least: 97, most: 100 },
  wild_dog: { least: 97, most: 100 },
  poacher: { least: 97, most: 100 },
  wolf: { least: 97, most: 100 },
  bandit: { least: 97, most: 100 },
  marsh_hag: { least: 97, most: 100 },
  bear: { least: 96, most: 100 },
  pack_leader: { least: 96, most: 100 },
  revenant: { least: 93, most: 99 },
  ash_thrall: { least: 93, most: 99 },
  gate_knight: { least: 85, most: 91 },
  titan_guard: { least: 55, most: 61 },
};

export interface MonsterSeries {
  /** Of all battles, in percent. */
  readonly wins: number;
  /** Of the health at the start, in percent; the mean of the battles that were won. */
  readonly lostHealth: number;
  /** The mean. */
  readonly exchanges: number;
}

/** Seeded battles of fresh characters of each archetype, with the mind of the Shadow. */
export function measureMonster(monster: Monster, battles: number): MonsterSeries {
  const sheet = monsterSheet(monster);
  const policies = [shadowPolicy, monsterPolicy(monsterNumbers[monster])] as const;
  let exchanges = 0;
  const lost: number[] = [];
  for (let n = 0; n < battles; n += 1) {
    const hero = freshSheet(archetypes[n % archetypes.length] ?? 'warrior');
    const { battle } = playDuel({ seed: testSeed(n), sheets: [hero, sheet], policies });
    const { cur, max } = battle.fighters[0].stats.hp;
    if (battle.outcome?.winner === 0) lost.push(1 - cur / max);
    exchanges += battle.turn;
  }
  const lostHealth = (100 * lost.reduce((sum, share) => sum + share, 0)) / lost.length;
  return { wins: (100 * lost.length) / battles, lostHealth, exchanges: exchanges / battles };
}

/** Every monster, the weakest first. */
export function* monstersTable(battles: number): Generator<string> {
  yield `Fresh characters against monsters, ${battles} battles each`;
  for (const monster of monsterIds) {
    const { wins, lostHealth, exchanges } = measureMonster(monster, battles);
    const { least, most } = monsterBands[monster];
    const outside = wins >= least && wins <= most ? '' : ' (outside)';
    const cells = [`${wins.toFixed(1)} % won (${least}–${most})${outside}`];
    cells.push(`${lostHealth.toFixed(0)} % health lost a win`, `${exchanges.toFixed(1)} exchanges`);
    yield `  ${monster.padEnd(12)} ${cells.join(', ')}`;
  }
}
