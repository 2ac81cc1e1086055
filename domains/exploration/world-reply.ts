import type { Material, PlaceId, PlaceOffer } from '../../resources/numbers/places.ts';
import type { Stats } from '../account/account-context.ts';
import type { TechniqueId } from '../combat/battle.ts';
import type { Monster } from '../combat/wild-battles.ts';
import type { Stacks } from '../inventory/journey.ts';
import type { StoryHere } from '../scenario/story-here.ts';
import type { SkillView } from './world-skills.ts';

/** A way out of a place. */
export interface Exit {
  readonly to: PlaceId;
  /** In energy; 0: a safe place. */
  readonly cost: number;
  /** 1 to 3; null: a safe place. */
  readonly tier: number | null;
  /** The level that the place asks for, if the character has not reached it; null: open. */
  readonly needsLevel: number | null;
  /** Whether the character has been there. */
  readonly isSeen: boolean;
}

export interface EnergyView {
  readonly now: number;
  readonly limit: number;
  /** When it is full; null: it is. */
  readonly fullAtMs: number | null;
}

export interface EncounterView {
  readonly id: string;
  readonly monster: Monster;
  /** 4: the boss. */
  readonly tier: number;
  /** True: fight, avoid or look closer. False: an ambush, fight, run or look closer. */
  readonly noticed: boolean;
  /** Null: not looked at closely yet. */
  readonly known: KnownMonster | null;
  /** Energy that avoiding or running takes. */
  readonly escapeCost: number;
}

/** What a closer look shows of a monster; null: the character has too little lore for it. */
export interface KnownMonster {
  readonly health: number;
  readonly habit: 'head' | 'chest' | 'belly' | 'legs' | null;
  readonly techniques: readonly TechniqueId[] | null;
}

/** Everything that a screen of the world shows. */
export interface WorldView {
  /** For the buttons. */
  readonly version: number;
  readonly nowMs: number;
  readonly place: PlaceId;
  readonly prev: PlaceId | null;
  /** 1 to 3; null: a safe place. */
  readonly tier: number | null;
  readonly offers: readonly PlaceOffer[];
  readonly exits: readonly Exit[];
  /** Where the character has been. */
  readonly seen: readonly PlaceId[];
  readonly energy: EnergyView;
  /** As of now, with what has come back since the last step. */
  readonly vitals: Stats;
  /** With one, nothing but fight, avoid, run and examine is possible. */
  readonly encounter: EncounterView | null;
  /** The costs of what is possible here; null: it is not, whatever energy there is. */
  readonly search: { readonly cost: number; readonly boss: Monster | null } | null;
  readonly gather: { readonly cost: number; readonly kinds: readonly Material[] } | null;
  readonly rest: { readonly cost: number; readonly percent: number } | null;
  /** Null: there is no healer. */
  readonly healer: { readonly gold: number } | null;
  readonly materials: Stacks;
  /** What the shop pays for all materials; null: there is no shop. */
  readonly materialsGold: number | null;
  readonly level: number;
  readonly gold: number;
  readonly skills: readonly SkillView[];
  /** Whether the character is in a story: nothing else is possible then. */
  readonly isInStory: boolean;
  /** The story that can be begun or continued here; null: none. */
  readonly story: StoryHere | null;
}

/** What a step has done; the view shows the rest. */
export type WorldEvent =
  /** `xp`: for the first visit, else 0. */
  | { readonly kind: 'moved'; readonly from: PlaceId; readonly xp: number }
  /** Without an encounter nothing was found. */
  | { readonly kind: 'searched' }
  /** Somebody may have come: see the encounter. */
  | { readonly kind: 'gathered'; readonly materials: Stacks }
  | { readonly kind: 'rested'; readonly health: number }
  | { readonly kind: 'healed'; readonly gold: number }
  | { readonly kind: 'avoided' | 'escaped' | 'examined' }
  | { readonly kind: 'sold'; readonly materials: Stacks; readonly gold: number };

export interface WorldDone {
  readonly event: WorldEvent;
  /** The level that was reached with it; null: none. */
  readonly newLevel: number | null;
  readonly newSkills: readonly SkillView[];
}

export const worldRefusals = [
  /** The button is of an older screen: nothing has changed. */
  'stale',
  /** The character is in a story. */
  'story',
  /** A monster has to be dealt with first. */
  'encounter',
  'no_encounter',
  /** There is no such way. */
  'no_exit',
  /** The place asks for a higher level. */
  'level',
  /** Not enough energy. */
  'tired',
  /** Not possible in this place. */
  'not_here',
  /** Nothing to heal. */
  'healthy',
  /** Not enough gold. */
  'poor',
  /** Nobody avoids an ambush. */
  'ambush',
  /** The monster was noticed: it is avoided, and nobody need run. */
  'noticed',
  'examined',
  'no_materials',
  /** This battle has been fought; its result is being stored. */
  'ended',
] as const;
export type WorldRefusal = (typeof worldRefusals)[number];

/**
 * `busy`: the character is in a queue, a match or a battle. `unavailable`: the database is. `missing`:
 * there is no such character. `draining`: no fight begins, for an operator drains the arena.
 */
export type NoWorld = { readonly kind: 'busy' | 'unavailable' | 'missing' | 'draining' };

export type LookReply = { readonly kind: 'shown'; readonly view: WorldView } | NoWorld;

export type WorldReply =
  | { readonly kind: 'done'; readonly done: WorldDone; readonly view: WorldView }
  | { readonly kind: 'refused'; readonly reason: WorldRefusal; readonly view: WorldView }
  | NoWorld;

export type FightReply =
  | { readonly kind: 'fights'; readonly battleId: string }
  | Exclude<WorldReply, { readonly kind: 'done' }>;
