import type { AilmentId, Guard, Zone } from '../battle.ts';
import { UnknownRulesError } from './rules-of.ts';
import { combatNumbers } from './v1/numbers.ts';

/** The numbers of a version of the rules that players are shown. Chances are of 1, between equals. */
export interface RuleFacts {
  readonly zones: Readonly<Record<Zone, ZoneFacts>>;
  /** Stamina costs. */
  readonly guards: Readonly<Record<Guard, number>>;
  readonly effects: {
    readonly dazed: { readonly miss: number; readonly parry: number };
    readonly winded: { readonly stamina: number };
    readonly daunted: { readonly damage: number };
    readonly fury: { readonly damage: number };
  };
  /** Factors for a fighter without the stamina for its move: of its damage, and of what its guard stops. */
  readonly tired: { readonly damage: number; readonly absorb: number };
  /** The round from which on the damage grows. */
  readonly crowd: { readonly fromTurn: number };
}

export interface ZoneFacts {
  readonly damage: number;
  readonly miss: number;
  readonly stamina: number;
  /** What a hit may cause, and its chance. */
  readonly effect: AilmentId | null;
  readonly control: number;
}

const factsByVersion: ReadonlyMap<number, RuleFacts> = new Map([[1, combatNumbers]]);

/** Raises UnknownRulesError. */
export function factsOf(version: number): RuleFacts {
  const facts = factsByVersion.get(version);
  if (facts === undefined) throw new UnknownRulesError(version);
  return facts;
}
