import { createHash } from 'node:crypto';
import { archetypes } from '../../domains/account/account-context.ts';
import {
  type Battle,
  type FighterSheet,
  type Input,
  type Move,
  type Side,
  type TechniqueId,
  guards,
  zones,
} from '../../domains/combat/battle.ts';
import type { Rules } from '../../domains/combat/rules/rules.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import { evenSheet, freshSheet } from '../../tests/support/combat-sheets.ts';
import { type GoldenBattle, stateOf } from './golden-battle.ts';

interface Plan {
  readonly name: string;
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly shadow?: Side;
  /** How sides without a Shadow choose; at random by default. */
  readonly chooser?: MoveChooser;
  readonly forfeit?: {
    readonly atTurn: number;
    readonly side: Side | null;
    readonly reason: ForfeitReason;
  };
  /** The first seed whose battle ends like this is taken. */
  readonly until?: (battle: Battle) => boolean;
}

type ForfeitReason = 'surrender' | 'idle';
type MoveChooser = (rules: Rules, battle: Battle, side: Side) => Move;
type Step = GoldenBattle['steps'][number];

const SEEDS = 5_000;

/** Fifty battles that use all archetypes, techniques and endings. */
export function fightGoldenBattles(rules: Rules): GoldenBattle[] {
  return [...pairs(), ...shadows(), ...techniques(rules), ...endings(), ...extremes()].map((plan) =>
    fight(rules, plan),
  );
}

function pairs(): Plan[] {
  return archetypes.flatMap((one) =>
    archetypes.map((other) => ({
      name: `${one} against ${other}`,
      sheets: [freshSheet(one), freshSheet(other)] as const,
    })),
  );
}

function shadows(): Plan[] {
  return archetypes.flatMap((one) =>
    [1, 2, 3].map((n) => ({
      name: `${one} against their Shadow, ${n}`,
      sheets: [freshSheet(one), freshSheet(one)] as const,
      shadow: 1 as const,
    })),
  );
}

/** One battle for each technique, which both sides use whenever they can. */
function techniques(rules: Rules): Plan[] {
  const known = techniqueIds.filter((technique) => rules.costOf(technique) !== null);
  return known.map((technique, at) => ({
    name: `${technique} used by both`,
    sheets: [evenSheet(8, technique), { ...evenSheet(9, technique), archetype: archetypeAt(at) }],
    chooser: eagerFor(technique),
  }));
}

function endings(): Plan[] {
  const sheets = [freshSheet('duelist'), freshSheet('guardian')] as const;
  const end = (atTurn: number, side: Side | null, reason: ForfeitReason) => ({
    name: `${reason} of ${side === null ? 'both' : `side ${side}`} at turn ${atTurn}`,
    sheets,
    forfeit: { atTurn, side, reason },
  });
  const healthy = [tooHealthyToFall(evenSheet(8)), tooHealthyToFall(evenSheet(8))] as const;
  return [
    end(3, 0, 'surrender'),
    end(1, 1, 'surrender'),
    { ...end(4, 0, 'idle'), chooser: idleMove },
    end(5, 1, 'idle'),
    { ...end(4, null, 'idle'), chooser: idleMove },
    {
      name: 'a draw at the last turn',
      sheets: healthy,
      until: ({ outcome }) => outcome?.winner === null,
    },
    {
      name: 'more health at the last turn',
      sheets: healthy,
      until: ({ outcome }) => outcome?.winner === 1,
    },
  ];
}

function extremes(): Plan[] {
  const { stats, ...rest } = freshSheet('warrior');
  const wounded = { ...stats, hp: { cur: 30, max: stats.hp.max }, stamina: { cur: 5, max: 104 } };
  return [
    { name: 'nothing against everything', sheets: [evenSheet(0, 'feint'), evenSheet(90_000)] },
    {
      name: 'wounded against fresh',
      sheets: [{ ...rest, stats: wounded }, freshSheet('mystic')],
    },
  ];
}

function fight(rules: Rules, plan: Plan): GoldenBattle {
  for (let n = 0; n < SEEDS; n += 1) {
    const seed = hashOf(plan.name, n).slice(0, 32);
    const { steps, battle } = play(rules, plan, seed);
    const { outcome, turn: turns } = battle;
    if (outcome === null || plan.until?.(battle) === false) continue;
    const { name, sheets, shadow = null } = plan;
    return { name, seed, shadow, sheets: [...sheets], steps, outcome, turns };
  }
  throw new Error(`no seed of ${SEEDS} gives: ${plan.name}`);
}

function play(rules: Rules, plan: Plan, seed: string): { steps: Step[]; battle: Battle } {
  let battle = rules.startBattle(seed, plan.sheets);
  const history: [Move, Move][] = [];
  const steps: Step[] = [];
  while (battle.outcome === null) {
    const input = inputOf(rules, plan, { battle, history });
    if (input.kind === 'exchange') history.push(input.moves);
    const { battle: after } =
      input.kind === 'exchange'
        ? rules.resolveExchange(battle, input.moves)
        : rules.forfeit(battle, input.side, input.reason);
    battle = after;
    steps.push({ input, state: stateOf(battle) });
  }
  return { steps, battle };
}

function inputOf(
  rules: Rules,
  { forfeit, shadow, chooser = randomMove }: Plan,
  { battle, history }: { readonly battle: Battle; readonly history: readonly [Move, Move][] },
): Input {
  if (forfeit?.atTurn === battle.turn)
    return { kind: 'forfeit', side: forfeit.side, reason: forfeit.reason };
  const chosen = (side: Side) =>
    side === shadow
      ? rules.shadowMoves.master(battle, side, history)
      : chooser(rules, battle, side);
  return { kind: 'exchange', moves: [chosen(0), chosen(1)] };
}

const randomMove: MoveChooser = (rules, battle, side) => {
  const { strike, guard, pick } = rollsOf(battle, side);
  const options = [null, ...rules.legalTechniques(battle, side)];
  return { strike, guard, technique: options[pick % options.length] ?? null };
};

const idleMove: MoveChooser = (rules, battle, side) => rules.defaultMove(battle, side);

function eagerFor(technique: TechniqueId): MoveChooser {
  return (rules, battle, side) => {
    const { strike, guard } = rollsOf(battle, side);
    const move = { strike, guard, technique };
    return rules.isLegal(battle, side, move) ? move : { ...move, technique: null };
  };
}

function rollsOf({ seed, turn }: Battle, side: Side) {
  const rolled = Buffer.from(hashOf(seed, 2 * turn + side), 'hex');
  const at = (index: number) => rolled[index] ?? 0;
  return {
    strike: zones[at(0) % zones.length] ?? 'chest',
    guard: guards[at(1) % guards.length] ?? 'chest-belly',
    pick: at(2),
  };
}

function tooHealthyToFall(sheet: FighterSheet): FighterSheet {
  return { ...sheet, stats: { ...sheet.stats, hp: { cur: 5_000, max: 5_000 } } };
}

function archetypeAt(at: number) {
  return archetypes[at % archetypes.length] ?? 'warrior';
}

function hashOf(words: string, n: number): string {
  return createHash('sha256').update(`${words} ${n}`).digest('hex');
}
