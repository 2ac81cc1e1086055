import {
  type Battle,
  type BattleEvent,
  type BlowEvent,
  type FighterSheet,
  type Guard,
  type Move,
  type Side,
  type Zone,
  techniqueSchema,
} from '../../domains/combat/battle.ts';
import { resolveExchange, startBattle } from '../../domains/combat/rules/v1/engine.ts';
import { testSeed } from './combat-sheets.ts';

const zoneOf: Readonly<Record<string, Zone>> = { h: 'head', c: 'chest', b: 'belly', l: 'legs' };
const guardOf: Readonly<Record<string, Guard>> = {
  hc: 'head-chest',
  cb: 'chest-belly',
  bl: 'belly-legs',
};

/** A move by its strike, guard and technique: `'h/cb'`, `'l/hc+feint'`. */
export function move(notation: string): Move {
  const [, strike = '', guard = '', technique] = /^(\w)\/(\w\w)(?:\+(\w+))?$/.exec(notation) ?? [];
  const zone = zoneOf[strike];
  const zones = guardOf[guard];
  if (zone === undefined || zones === undefined) throw new Error(`not a move: ${notation}`);
  const used = technique === undefined ? null : techniqueSchema.parse(technique);
  return { strike: zone, guard: zones, technique: used };
}

/** The moves of both sides: `'h/cb vs l/hc+feint'`. */
export function moves(notation: string): [Move, Move] {
  const [first = '', second = ''] = notation.split(' vs ');
  return [move(first), move(second)];
}

export interface Outcome {
  readonly before: Battle;
  readonly after: Battle;
  readonly events: readonly BattleEvent[];
}

export interface Setting {
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly times?: number;
  /** Exchanges before the one that counts. */
  readonly after?: readonly string[];
  /** Changes the battle before the exchange that counts. */
  readonly given?: (battle: Battle) => Battle;
}

/** Resolves the same exchange with many seeds. */
export function manyTimes(notation: string, setting: Setting): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let n = 0; n < (setting.times ?? 400); n += 1) {
    let before = startBattle(testSeed(n), setting.sheets);
    for (const earlier of setting.after ?? []) {
      before = resolveExchange(before, moves(earlier)).battle;
    }
    before = setting.given?.(before) ?? before;
    const { battle, events } = resolveExchange(before, moves(notation));
    outcomes.push({ before, after: battle, events });
  }
  return outcomes;
}

export function blows(outcomes: readonly Outcome[], side: Side): BlowEvent[] {
  return outcomes.flatMap(({ events }) =>
    events.filter((event): event is BlowEvent => event.kind === 'blow' && event.side === side),
  );
}

export function shareOf(all: readonly BlowEvent[], result: BlowEvent['result']): number {
  return all.filter((blow) => blow.result === result).length / all.length;
}

/** The mean damage of all blows, those without damage included. */
export function meanDamage(all: readonly BlowEvent[]): number {
  return mean(all.map(({ amount }) => amount));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function withVital(
  vital: 'hp' | 'mp' | 'stamina',
  cur: number,
  side: Side = 0,
): (battle: Battle) => Battle {
  return (battle) => {
    const fighter = battle.fighters[side];
    const changed = {
      ...fighter,
      stats: { ...fighter.stats, [vital]: { ...fighter.stats[vital], cur } },
    };
    const [first, second] = battle.fighters;
    return { ...battle, fighters: side === 0 ? [changed, second] : [first, changed] };
  };
}
