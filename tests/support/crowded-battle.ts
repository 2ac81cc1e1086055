import type { Archetype } from '../../domains/account/account-context.ts';
import type { Battle, BattleEvent, Side, TechniqueId } from '../../domains/combat/battle.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { freshBattle, freshSide } from './battle-setup.ts';

const everyEffect = { dazed: 2, winded: 2, hobbled: 2, daunted: 2, fury: 3 };

/** The techniques of an archetype with the longest names, and what comes with them. */
interface Crowd {
  readonly archetype: Archetype;
  readonly techniques: readonly [TechniqueId, TechniqueId];
  readonly events: readonly BattleEvent[];
}

const turn = 12;
const blow = {
  kind: 'blow',
  turn,
  feintedFrom: null,
  technique: null,
  result: 'hit',
  crit: true,
  amount: 38,
  effect: 'dazed',
  drained: 0,
} as const;

/** Exchanges whose lines are the longest. */
export const crowds: readonly Crowd[] = [
  {
    archetype: 'warrior',
    techniques: ['war_cry', 'war_cry'],
    events: [
      { kind: 'stance', turn, side: 0, technique: 'war_cry', mp: 0, stamina: 0 },
      { kind: 'stance', turn, side: 1, technique: 'war_cry', mp: 0, stamina: 0 },
      { kind: 'mark', turn, side: 0, effect: 'daunted' },
      { ...blow, side: 0, zone: 'head' },
      { ...blow, side: 1, zone: 'head' },
    ],
  },
  {
    archetype: 'duelist',
    techniques: ['feint', 'riposte'],
    events: [
      { kind: 'stance', turn, side: 1, technique: 'riposte', mp: 0, stamina: 0 },
      { ...blow, side: 0, zone: 'chest', result: 'parry', crit: false, amount: 0, effect: null },
      { kind: 'counter', turn, side: 1, amount: 38 },
      { ...blow, side: 1, zone: 'belly', feintedFrom: 'chest', technique: 'feint' },
    ],
  },
  {
    archetype: 'guardian',
    techniques: ['shield_bash', 'breath'],
    events: [
      { kind: 'stance', turn, side: 1, technique: 'breath', mp: 6, stamina: 22 },
      { ...blow, side: 0, zone: 'chest', technique: 'shield_bash' },
      { ...blow, side: 1, zone: 'chest', result: 'parry', crit: false, amount: 0, effect: null },
      { kind: 'counter', turn, side: 0, amount: 38 },
    ],
  },
  {
    archetype: 'mystic',
    techniques: ['siphon', 'flame_blade'],
    events: [
      { ...blow, side: 0, zone: 'chest', technique: 'siphon', drained: 31, effect: 'winded' },
      { ...blow, side: 1, zone: 'head', technique: 'flame_blade' },
    ],
  },
];

/** A battle in which everything that can be shown is shown. */
export function crowdedBattle(
  { archetype, techniques, events }: Crowd,
  name: string,
): BattleRecord {
  const named = (charId: number) => ({ ...freshSide(charId, archetype), name });
  const record = freshBattle({ first: named(1), second: named(2) });
  const move = (side: Side) =>
    ({ strike: 'chest', guard: 'head-chest', technique: techniques[side] }) as const;
  const [own, other] = record.sides;
  return {
    ...record,
    sides: [own, { ...other, emote: { emote: 'sweat', exchange: 4 } }],
    battle: affected(record.battle),
    inputs: Array.from({ length: 3 }, () => ({ kind: 'exchange', moves: [move(0), move(1)] })),
    lastEvents: [...events],
    turnEndsAtMs: Date.now() + 39_000,
  };
}

/** The same battle as after each tap of a round: nothing chosen, each part chosen, a missed turn. */
export function roundsOf(record: BattleRecord): BattleRecord[] {
  const draft = { strike: null, guard: null, technique: null };
  const whole = { strike: 'head', guard: 'chest-belly', technique: null } as const;
  return [
    record,
    withOwn(record, { idleTurns: 1 }),
    ...record.sheets[0].techniques.map((technique) =>
      withOwn(record, { draft: { ...draft, technique } }),
    ),
    withOwn(record, { draft: { ...draft, strike: 'head' } }),
    withOwn(record, { draft: { ...draft, guard: 'head-chest' } }),
    withOwn(record, { draft: whole, choice: whole }),
  ];
}

function affected(battle: Battle): Battle {
  const [first, second] = battle.fighters;
  return {
    ...battle,
    turn,
    fighters: [
      { ...first, effects: everyEffect },
      { ...second, effects: everyEffect },
    ],
  };
}

function withOwn(record: BattleRecord, change: Partial<BattleRecord['sides'][0]>): BattleRecord {
  const [own, other] = record.sides;
  return { ...record, sides: [{ ...own, ...change }, other] };
}
