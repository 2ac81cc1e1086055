import { characterSheet, statsWithin } from '../../domains/account/character-sheet.ts';
import type { Stats } from '../../domains/account/account-context.ts';
import { energyAt, healedStats, restedPercent } from '../../domains/exploration/rested.ts';
import { tierOf } from '../../domains/exploration/places.ts';
import { wildRewardsHandler } from '../../domains/exploration/wild-rewards.ts';
import * as rules from '../../domains/exploration/world-rules.ts';
import { hasAny } from '../../domains/exploration/materials.ts';
import { seededDraw } from '../../domains/inventory/seeded-draw.ts';
import type { Draw } from '../../domains/inventory/roll-item.ts';
import type { Earnings } from '../../domains/inventory/journey.ts';
import { monsterNumbers } from '../../resources/numbers/monsters.ts';
import { type PlaceId, places } from '../../resources/numbers/places.ts';
import type { LifePerson, Source } from './life-person.ts';
import { wildFight } from './life-fight.ts';

/** How somebody spends the energy. */
export interface WalkPlan {
  readonly ground: PlaceId;
  /** Of a hundred actions on the ground, how many gather. */
  readonly gatherPercent: number;
  /** Of a hundred actions on the ground, how many walk on to where they have never been. */
  readonly explorePercent: number;
  /** The share of health with which they still fight, by the tier of the monster. */
  readonly minHealth: readonly number[];
  /** Avoids every monster as long as there is energy for it. */
  readonly isPeaceful?: boolean;
}

export interface Visit {
  readonly day: number;
  readonly atMs: number;
  /** Milliseconds that the player stays, at most. */
  readonly forMs: number;
  readonly seed: string;
}

export const TAP_MS = 4_000;
export const EXCHANGE_MS = 9_000;

/** With the shares of health that a fight of each tier takes, and some more. */
export const carefulHealth = [0.3, 0.45, 0.65, 0.9] as const;

export interface WalkReport {
  readonly fights: number;
  readonly defeats: number;
  readonly spentMs: number;
  readonly energy: number;
}

/** One walk of a player, by the rules of the game and battles of the engine. */
export class Walk {
  readonly #person: LifePerson;
  readonly #visit: Visit;
  readonly #plan: WalkPlan;
  readonly #draw: Draw;
  #nowMs: number;
  #fights = 0;
  #defeats = 0;

  constructor(person: LifePerson, visit: Visit, plan: WalkPlan) {
    this.#person = person;
    this.#visit = visit;
    this.#plan = plan;
    this.#nowMs = visit.atMs;
    this.#draw = seededDraw(`walk:${visit.seed}:${person.charId}:${visit.atMs}`);
  }

  async run(): Promise<WalkReport> {
    const { atMs, forMs } = this.#visit;
    const energyBefore = energyAt((await this.#person.earnings()).journey.travel, atMs);
    while (this.#nowMs < atMs + forMs && (await this.#act())) this.#nowMs += TAP_MS;
    await this.#goHome();
    const energy = energyBefore - energyAt((await this.#person.earnings()).journey.travel, atMs);
    return { fights: this.#fights, defeats: this.#defeats, spentMs: this.#nowMs - atMs, energy };
  }

  /** False: there is nothing left to do. */
  async #act(): Promise<boolean> {
    const earnings = await this.#person.earnings();
    const { travel } = earnings.journey;
    if (travel.encounter !== null) return this.#meet(earnings);
    const tier = tierOf(this.#plan.ground) ?? 1;
    if (this.#health(earnings) < healthFor(this.#plan, tier)) return this.#recover(earnings);
    if (travel.location !== this.#plan.ground)
      return this.#toward(earnings, (id) => id === this.#plan.ground);
    return this.#onGround(earnings);
  }

  async #meet(earnings: Earnings): Promise<boolean> {
    const { encounter } = earnings.journey.travel;
    if (encounter === null) return false;
    const { tier } = monsterNumbers[encounter.monster];
    const isFit =
      this.#plan.isPeaceful !== true && this.#health(earnings) >= healthFor(this.#plan, tier);
    const escape = encounter.noticed ? rules.avoid : rules.run;
    if (!isFit && (await this.#step('wild', escape))) return true;
    await this.#fight(earnings);
    return true;
  }

  /** At a healer, else by resting, else somewhere else. */
  async #recover(earnings: Earnings): Promise<boolean> {
    const { travel } = earnings.journey;
    if (await this.#step('healer', rules.heal)) return true;
    const isSafe = places[travel.location].kind === 'safe';
    if (isSafe && (await this.#step('wild', rules.rest))) return true;
    if (rules.offers(travel.location, 'healer')) return false;
    return this.#toward(earnings, (id) => rules.offers(id, 'healer'));
  }

  async #onGround(earnings: Earnings): Promise<boolean> {
    const { gatherPercent, explorePercent } = this.#plan;
    const chance = this.#draw(100);
    if (chance < gatherPercent) return this.#step('materials', rules.gather);
    const { level, travel } = earnings.journey;
    const unknown = places[travel.location].exits.find(
      (to) => !rules.isSeen(travel, to) && rules.neededLevel(to) <= level,
    );
    if (unknown !== undefined && chance < gatherPercent + explorePercent)
      return this.#step('wild', rules.go(unknown));
    return this.#step('wild', rules.search);
  }

  async #toward(earnings: Earnings, isGoal: (id: PlaceId) => boolean): Promise<boolean> {
    const to = nextStep(earnings, isGoal);
    return to !== null && this.#step('wild', rules.go(to));
  }

  async #goHome(): Promise<void> {
    for (let steps = 0; steps < 6; steps += 1) {
      const earnings = await this.#person.earnings();
      const { travel } = earnings.journey;
      if (travel.encounter !== null) await this.#meet(earnings);
      else if (hasAny(earnings.stacks) && rules.offers(travel.location, 'shop'))
        await this.#step('materials', rules.sellMaterials);
      else if (!hasAny(earnings.stacks) && places[travel.location].kind === 'safe') return;
      else if (!(await this.#toward(earnings, (id) => rules.offers(id, 'shop')))) return;
      this.#nowMs += TAP_MS;
    }
  }

  async #fight(earnings: Earnings): Promise<void> {
    const { encounter } = earnings.journey.travel;
    if (encounter === null || !(await this.#step('wild', rules.fight))) return;
    const seed = Array.from({ length: 32 }, () => this.#draw(16).toString(16)).join('');
    const { person, id, monster } = { person: this.#person, ...encounter };
    const fought = wildFight(earnings, {
      id,
      monster,
      seed,
      endedAtMs: this.#nowMs,
      stats: this.#stats(earnings),
    });
    this.#nowMs += fought.exchanges * EXCHANGE_MS;
    this.#fights += 1;
    const ended = { ...fought.ended, endedAtMs: this.#nowMs };
    if (ended.sides[0].result === 'lost') this.#defeats += 1;
    person.vitals = fought.stats;
    await person.step(this.#visit.day, 'wild', ({ charId, archetype, journey, stacks, items }) => {
      const facts = { charId, archetype, journey, stacks, items, isGranted: false };
      const change = wildRewardsHandler.apply(ended, facts)?.change;
      return change === undefined
        ? { kind: 'refused', reason: 'none' }
        : { kind: 'change', change };
    });
  }

  /** Whether it was possible. What has come back of the vitals is given with it. */
  async #step(source: Source, rule: rules.WorldRule): Promise<boolean> {
    const person = this.#person;
    const before = await person.earnings();
    const { version, travel } = before.journey;
    const stats = this.#stats(before);
    const tap = { nowMs: this.#nowMs, id: `${person.charId}v${version}`, vitals: stats };
    await person.step(this.#visit.day, source, rules.worldStep(rule, version, tap));
    if ((await person.earnings()).journey.version === version) return false;
    const given = rule === rules.heal ? 100 : rule === rules.rest ? rules.restPercent(before) : 0;
    const regained = restedPercent(travel, this.#nowMs);
    person.vitals = healedStats(person.vitals, Math.min(100, regained + given));
    return true;
  }

  #stats(earnings: Earnings): Stats {
    const { vitals } = this.#person;
    const { attributes } = characterSheet(earnings);
    this.#person.vitals = statsWithin(vitals, attributes);
    return healedStats(this.#person.vitals, restedPercent(earnings.journey.travel, this.#nowMs));
  }

  #health(earnings: Earnings): number {
    const { hp } = this.#stats(earnings);
    return hp.cur / hp.max;
  }
}

function healthFor({ minHealth }: WalkPlan, tier: number): number {
  return minHealth[tier - 1] ?? 1;
}

/** The first step of a shortest way to a goal; null: there is none. */
function nextStep(
  { journey: { level, travel } }: Earnings,
  isGoal: (id: PlaceId) => boolean,
): PlaceId | null {
  const ways: { at: PlaceId; first: PlaceId | null }[] = [{ at: travel.location, first: null }];
  // The list grows while it is read.
  for (const { at, first } of ways) {
    if (first !== null && isGoal(at)) return first;
    for (const to of places[at].exits)
      if (rules.neededLevel(to) <= level && !ways.some((way) => way.at === to))
        ways.push({ at: to, first: first ?? to });
  }
  return null;
}

/** Where somebody of a level hunts who plays as it is meant. */
export function usualPlan(level: number, draw: Draw): WalkPlan {
  const grounds: readonly PlaceId[] =
    level < 3
      ? ['birch_wood', 'river_ford', 'old_mill']
      : level < 7
        ? ['dark_forest', 'quarry', 'marsh_edge']
        : ['ash_fields', 'broken_gate'];
  const ground = grounds[draw(grounds.length)] ?? 'birch_wood';
  return { ground, gatherPercent: 20, explorePercent: 30, minHealth: carefulHealth };
}
