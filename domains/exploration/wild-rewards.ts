import {
  DEFEAT_ENERGY,
  DRY_WINS,
  MOST_LOOT_MATERIALS,
  wildRewards,
} from '../../resources/numbers/exploration.ts';
import { rarityWeights } from '../../resources/numbers/items.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { places } from '../../resources/numbers/places.ts';
import type { Archetype } from '../account/account-context.ts';
import type { ArchivedBattle } from '../combat/battle-archive.ts';
import type { BattleHandler } from '../combat/battle-handler.ts';
import { type Monster, isStoryBattle } from '../combat/wild-battles.ts';
import { usesInBattle } from '../combat/uses-in-battle.ts';
import type { Item } from '../inventory/item.ts';
import {
  type Change,
  type Grant,
  type Journey,
  type Stacks,
  type WildBattle,
  placedGrant,
} from '../inventory/journey.ts';
import { type Draw, rollItem } from '../inventory/roll-item.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';
import type { Travel } from '../inventory/travel.ts';
import { nearestSafe } from './places.ts';
import { energyAt, spent } from './rested.ts';

/** What the database knows of the character before the battle is counted. */
export interface WildFacts {
  readonly charId: number;
  readonly archetype: Archetype | null;
  readonly journey: Journey;
  readonly stacks: Stacks;
  /** For the room in bag and chest. */
  readonly items: readonly Pick<Item, 'place'>[];
  /** Whether this battle has paid already. */
  readonly isGranted: boolean;
}

export interface WildReward {
  readonly charId: number;
  /** Before the change. */
  readonly journey: Journey;
  readonly stacks: Stacks;
  readonly change: Change;
  readonly atMs: number;
}

/** The character is always the first side. */
export const WILD_SIDE = 0;

export function wildGrantId(battleId: string): string {
  return `battle:${battleId}:${WILD_SIDE}`;
}

/** What a battle against a monster gives, exactly once, and where a defeat leads. */
export const wildRewardsHandler: BattleHandler<WildFacts | null, WildReward | null> = {
  name: 'wild_rewards',
  apply: (ended, facts) => {
    const monster = monsterOf(ended);
    if (monster === null || facts === null || facts.isGranted) return null;
    if (isStoryBattle(ended.id)) return storyOutcome(ended, facts);
    const { charId, journey, stacks } = facts;
    const { result } = ended.sides[WILD_SIDE];
    const grant = grantOf(ended, facts, { monster, result });
    const travel = travelAfter(ended, journey.travel, { result, found: grant.items.length });
    const change = { grants: [placedGrant(grant, facts.items)], travel };
    return { charId, journey, stacks, change, atMs: ended.endedAtMs };
  },
};

/** A battle of a story gives nothing and leads nowhere: the story goes on by how it ended. */
function storyOutcome(
  { id, sides, endedAtMs }: ArchivedBattle,
  { charId, journey, stacks }: WildFacts,
): WildReward | null {
  const { travel, stories } = journey;
  const { session } = stories;
  if (session?.waits.for !== 'battle') return null;
  const { waits } = session;
  if (waits.id !== id || waits.won !== undefined) return null;
  const won = sides[WILD_SIDE].result === 'won';
  const change: Change = {
    travel: { restedAtMs: Math.max(travel.restedAtMs, endedAtMs) },
    stories: { session: { ...session, waits: { ...waits, won } } },
  };
  return { charId, journey, stacks, change, atMs: endedAtMs };
}

/** Null: the battle is not against a monster. */
export function monsterOf({ sides }: Pick<ArchivedBattle, 'sides'>): Monster | null {
  return sides.find(({ monster }) => monster !== null)?.monster ?? null;
}

function grantOf(ended: ArchivedBattle, facts: WildFacts, wild: WildBattle): Grant {
  const uses = usesInBattle(ended, WILD_SIDE);
  const id = wildGrantId(ended.id);
  const common = { id, uses, wild };
  if (wild.result !== 'won') return { ...common, xp: 0, gold: 0, items: [] };
  return { ...common, ...lootOf(ended, facts, wild.monster) };
}

/** The same each time, as it follows from the battle. */
function lootOf({ id, seed }: ArchivedBattle, facts: WildFacts, monster: Monster) {
  const { xp, gold, rarities, material } = wildRewards[monsterNumbers[monster].tier];
  const draw = seededDraw(`loot:${id}:${seed}`);
  const [least, most] = gold;
  const paid = least + draw(most - least + 1);
  const amount = draw(MOST_LOOT_MATERIALS + 1);
  const archetype = facts.archetype ?? 'warrior';
  const item = rollItem(draw, { archetype, weights: rarityWeights[rarities] });
  return {
    xp,
    gold: paid,
    items: givesItem(draw, facts, monster) ? [item] : [],
    materials: amount === 0 ? {} : { [material]: amount },
  };
}

function givesItem(draw: Draw, { journey: { travel } }: WildFacts, monster: Monster): boolean {
  const { itemPercent } = wildRewards[monsterNumbers[monster].tier];
  const place = places[travel.location];
  const bonus = place.kind === 'wild' ? (place.lootBonus ?? 0) : 0;
  return draw(100) < itemPercent + bonus || travel.dry >= DRY_WINS;
}

function travelAfter(
  { id, endedAtMs }: ArchivedBattle,
  travel: Travel,
  { result, found }: { readonly result: WildBattle['result']; readonly found: number },
): Partial<Travel> {
  return {
    ...(travel.encounter?.id === id ? { encounter: null } : {}),
    // The vitals are those that the battle has left, and come back from then on.
    restedAtMs: Math.max(travel.restedAtMs, endedAtMs),
    ...(result === 'won' ? { dry: found > 0 ? 0 : travel.dry + 1 } : {}),
    ...(result === 'lost' ? defeat(travel, endedAtMs) : {}),
  };
}

function defeat(travel: Travel, endedAtMs: number): Partial<Travel> {
  const cost = Math.min(DEFEAT_ENERGY, energyAt(travel, endedAtMs));
  const location = nearestSafe(travel.location);
  const prev = location === travel.location ? travel.prev : travel.location;
  return { ...spent(travel, cost, endedAtMs), location, prev, encounter: null };
}
