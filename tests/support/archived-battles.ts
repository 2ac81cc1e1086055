import { archetypes } from '../../domains/account/account-context.ts';
import type { Battle, Input } from '../../domains/combat/battle.ts';
import { type ArchivedBattle, archivedBattleOf } from '../../domains/combat/battle-archive.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { openBattle, timeOut } from '../../domains/combat/battle-session.ts';
import type { Monster } from '../../domains/combat/monster.ts';
import { playDuel } from './play-duel.ts';
import { replay } from '../../domains/combat/replay.ts';
import { forfeit } from '../../domains/combat/rules/v1/engine.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { BATTLE_START_MS, battleSetup, freshBattle, freshSide, turnRules } from './battle-setup.ts';
import { testSeed } from './combat-sheets.ts';

/** The id of the `n`th test battle, which takes a millisecond to play. */
export const endedId = (n: number) => `duel${String(n).padStart(8, '0')}`;

/** The `n`th test battle, ended after `n` ms: every seventh against a Shadow, every fifth forfeited. */
export function endedRecord(n: number): BattleRecord {
  const [one, other] = [archetypes[n % 4] ?? 'warrior', archetypes[(n >> 2) % 4] ?? 'warrior'];
  const record = freshBattle({
    id: endedId(n),
    seed: testSeed(n),
    first: freshSide(1, one),
    second: n % 7 === 0 ? 'master' : freshSide(2, other),
  });
  const end = n % 5 === 0 ? forfeited(record, n) : foughtToTheEnd(record);
  const ownMoves = end.inputs.filter(({ kind }) => kind === 'exchange').length;
  const [first, second] = record.sides;
  const sides: BattleRecord['sides'] = [
    { ...first, ownMoves },
    { ...second, ownMoves },
  ];
  return { ...record, ...end, sides, endedAtMs: BATTLE_START_MS + n };
}

export function archivedBattle(n: number, change: Partial<ArchivedBattle> = {}): ArchivedBattle {
  const archived = archivedBattleOf(endedRecord(n));
  if (archived === null) throw new Error(`battle ${n} has not ended`);
  return { ...archived, ...change };
}

/** A battle of character 1 against a monster, fought to its end with careful moves. */
export function wildRecord(monster: Monster, id = 'wild00000001'): BattleRecord {
  const patient = { ...turnRules, maxIdleTurns: 1_000 };
  const setup = battleSetup({ id, second: { monster } });
  let record = openBattle(setup, BATTLE_START_MS, patient);
  for (let next: BattleRecord | null = record; next !== null;) {
    record = next;
    next = timeOut(record, record.turnEndsAtMs, patient);
  }
  return record;
}

export function wildBattle(monster: Monster, id?: string): ArchivedBattle {
  const archived = archivedBattleOf(wildRecord(monster, id));
  if (archived === null) throw new Error('the wild battle has not ended');
  return archived;
}

/** A battle that the first character won; it ended `n` ms after number 0. */
export function battleWon(
  n: number,
  [winner, loser]: readonly [number, number] = [1, 2],
): ArchivedBattle {
  const { sides, endedAtMs, ...battle } = archivedBattle(1);
  return {
    ...battle,
    id: `won${String(n).padStart(8, '0')}`,
    endedAtMs: endedAtMs + n,
    sides: [
      { ...sides[0], charId: winner, userId: 1000 + winner, result: 'won' },
      { ...sides[1], charId: loser, userId: 1000 + loser, result: 'lost' },
    ],
  };
}

interface End {
  readonly battle: Battle;
  readonly inputs: Input[];
}

function foughtToTheEnd({ sheets, battle }: BattleRecord): End {
  const duel = playDuel({ seed: battle.seed, sheets, policies: [randomPolicy, shadowPolicy] });
  return { battle: duel.battle, inputs: [...duel.inputs] };
}

function forfeited(record: BattleRecord, n: number): End {
  const { rules, seed } = record.battle;
  const side = ([0, 1, null] as const)[n % 3] ?? null;
  const reason = side === null ? 'idle' : 'surrender';
  const inputs = foughtToTheEnd(record).inputs.slice(0, n % 4 === 0 ? 0 : 2);
  const { battle } = replay({ rules, seed, sheets: record.sheets, inputs });
  // Two exchanges may have ended it already.
  if (battle.outcome !== null) return { battle, inputs };
  return {
    battle: forfeit(battle, side, reason).battle,
    inputs: [...inputs, { kind: 'forfeit', side, reason }],
  };
}
