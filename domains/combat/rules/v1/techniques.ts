import type { AilmentId, EffectId, TechniqueId } from '../../battle.ts';

/** How a technique changes an exchange, for the side that uses it. Shares and chances are of 1. */
export interface TechniqueNumbers {
  /** Costs at the start of the exchange. */
  readonly stamina: number;
  readonly mp: number;
  /** What grows with intelligence against the opponent's wisdom: the damage or the rest. */
  readonly magic: 'blow' | 'gift' | null;
  /** Own blow: factors of its damage, its chances to fail, and the share that a guard absorbs. */
  readonly damage: number;
  readonly miss: number;
  readonly dodge: number;
  readonly parry: number;
  readonly absorb: number;
  /** Makes a feint: the damage factor where there is no guard to deceive. */
  readonly slip: number | null;
  /** Order of blows: 1 strikes first, -1 last. */
  readonly pace: -1 | 0 | 1;
  /** Own guard: the two zones chosen, none, all four, or the zone the opponent aims at. */
  readonly guard: 'chosen' | 'down' | 'all' | 'follows';
  /** Added to the own chance to dodge. */
  readonly evade: number;
  /** Always parries and counter-attacks with this damage factor; null: parries are random. */
  readonly riposte: number | null;
  /** Effect on the opponent and its chance; `always`: before the blows, without a hit. */
  readonly inflicts: {
    readonly effect: AilmentId;
    readonly chance: number;
    readonly always: boolean;
  } | null;
  /** Effect on oneself and its number of further exchanges. */
  readonly rouses: { readonly effect: EffectId; readonly turns: number } | null;
  /** Own damage grows by this share times the share of lost health. */
  readonly vengeance: number;
  readonly restores: { readonly stamina: number; readonly mp: number };
  /** Taken from the opponent by a hit: health as a share of the damage, and stamina. */
  readonly drains: { readonly hp: number; readonly stamina: number };
}

/** A move without a technique. */
export const plain: TechniqueNumbers = {
  stamina: 0,
  mp: 0,
  magic: null,
  damage: 1,
  miss: 1,
  dodge: 1,
  parry: 1,
  absorb: 1,
  slip: null,
  pace: 0,
  guard: 'chosen',
  evade: 0,
  riposte: null,
  inflicts: null,
  rouses: null,
  vengeance: 0,
  restores: { stamina: 0, mp: 0 },
  drains: { hp: 0, stamina: 0 },
};

/** These numbers never change: new numbers are new rules. */
export const techniques: Readonly<Partial<Record<TechniqueId, TechniqueNumbers>>> = {
  crushing_blow: { ...plain, stamina: 15, damage: 1.05, absorb: 0.35, parry: 0, pace: -1 },
  onslaught: { ...plain, stamina: 10, damage: 1.6, guard: 'down' },
  war_cry: {
    ...plain,
    mp: 14,
    damage: 0.5,
    rouses: { effect: 'fury', turns: 3 },
    inflicts: { effect: 'daunted', chance: 0.6, always: true },
  },
  feint: { ...plain, stamina: 10, slip: 0.8 },
  riposte: { ...plain, stamina: 9, damage: 0.6, riposte: 1.5 },
  mirage: { ...plain, mp: 12, magic: 'gift', evade: 0.55 },
  shield_wall: { ...plain, stamina: 12, damage: 0.7, guard: 'all' },
  shield_bash: {
    ...plain,
    stamina: 9,
    damage: 1,
    miss: 0.5,
    absorb: 0.6,
    inflicts: { effect: 'dazed', chance: 0.75, always: false },
  },
  retribution: { ...plain, mp: 12, magic: 'blow', vengeance: 1 },
  flame_blade: { ...plain, mp: 12, magic: 'blow', damage: 1.1, dodge: 0.5, parry: 0, absorb: 0.6 },
  foresight: { ...plain, mp: 8, magic: 'gift', damage: 0.6, guard: 'follows' },
  siphon: { ...plain, mp: 9, magic: 'gift', damage: 1.2, drains: { hp: 0.8, stamina: 15 } },
  breath: { ...plain, damage: 0.5, restores: { stamina: 22, mp: 6 } },
};
