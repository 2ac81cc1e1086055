import { seededDraw } from 'telegram-sandbox/testing';
import { archetypes } from '../../domains/account/account-context.ts';
import { type BattleFacts, battleReward } from '../../domains/combat/battle-reward.ts';
import { dayStartMs } from '../../domains/core/day.ts';
import { PAIR_WINDOW_H } from '../../domains/core/pair-damping.ts';
import { seededDraw as seededDrawOf } from '../../domains/inventory/seeded-draw.ts';
import { battleGrantId } from '../../domains/rewards/battle-rewards.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { type EarningEntry, LifePerson } from './life-person.ts';
import { Walk, usualPlan } from './life-walk.ts';

export interface LifeOptions {
  readonly characters: number;
  readonly days: number;
  readonly seed: number;
}

/** Players visit in the morning and in the evening, and miss some visits. */
const VISITS_H = [9, 20] as const;
const VISIT_CHANCE = 0.85;
/** How many duels a player fights in a visit of about five minutes, each as likely as the others. */
const DUELS_A_VISIT = [1, 2] as const;
const SHADOW_CHANCE = 0.2;
const DRAW_CHANCE = 0.03;
/** Of those who lose. */
const GIVE_UP_CHANCE = 0.05;
const HOUR_MS = 3_600_000;
/** Each fighter uses each technique of their archetype about once. */
const USES_A_BATTLE = 1;
const DUEL_MS = 75_000;
/** When all duels of a visit are over. */
const AFTER_DUELS_MS = Math.max(...DUELS_A_VISIT) * DUEL_MS;
/** How long a player walks in a visit: what the duels and a minute for bag, shop and board leave. */
const WALK_MS = 240_000;

/** A character at the end of a day. */
export interface Standing {
  readonly day: number;
  readonly level: number;
  readonly gearScore: number;
  readonly gold: number;
  readonly scrap: number;
}

export interface LifeReport {
  readonly options: LifeOptions;
  readonly entries: readonly EarningEntry[];
  readonly standings: readonly Standing[];
  /** Counted for each of the two. */
  readonly battles: number;
  /** Against monsters. */
  readonly wildFights: number;
  /** By monsters. */
  readonly defeats: number;
  readonly walkedMs: number;
  readonly people: readonly LifePerson[];
}

/**
 * Days of duels, walks, the board and the shop for many characters, by the rules of the game. Duels are
 * even; monsters are fought by the engine.
 */
export async function simulateLife(options: LifeOptions): Promise<LifeReport> {
  const life = new Life(options);
  const standings: Standing[] = [];
  for (let day = 1; day <= options.days; day += 1) standings.push(...(await life.day(day)));
  const { people, battles, wildFights, defeats, walkedMs } = life;
  const counts = { battles, wildFights, defeats, walkedMs };
  return {
    options,
    standings,
    ...counts,
    people,
    entries: people.flatMap(({ entries }) => entries),
  };
}

interface Meeting {
  readonly day: number;
  readonly atMs: number;
}

class Life {
  readonly people: readonly LifePerson[];
  battles = 0;
  wildFights = 0;
  defeats = 0;
  walkedMs = 0;
  readonly #seed: number;
  #nowMs = 0;
  #duels = 0;
  readonly #draw: () => number;
  /** When each two fought, by their ids. */
  readonly #meetings = new Map<string, number[]>();
  /** Battles that paid on a day, by character. */
  #counted = new Map<number, number>();

  constructor({ characters, seed }: LifeOptions) {
    this.#seed = seed;
    this.#draw = seededDraw(seed);
    this.people = Array.from({ length: characters }, (_, index) => {
      const archetype = archetypes[index % archetypes.length] ?? 'warrior';
      const duelsAVisit = DUELS_A_VISIT[this.#below(DUELS_A_VISIT.length)] ?? 1;
      return new LifePerson(
        { charId: index + 1, archetype, duelsAVisit },
        { now: () => this.#nowMs },
      );
    });
  }

  async day(day: number): Promise<Standing[]> {
    this.#counted = new Map();
    const dayMs = dayStartMs(day);
    for (const hour of VISITS_H) await this.#visits(day, dayMs + hour * HOUR_MS);
    const date = new Date(dayMs).toISOString().slice(0, 10);
    const standings: Standing[] = [];
    for (const person of this.people) {
      await person.tidyUp(day, date);
      const { level, gold, scrap } = (await person.earnings()).journey;
      standings.push({ day, level, gold, scrap, gearScore: await person.gearScore() });
    }
    return standings;
  }

  /** Round by round, everybody who still plays is paired with somebody, or meets their Shadow. */
  async #visits(day: number, fromMs: number): Promise<void> {
    const here = this.people.filter(() => this.#draw() < VISIT_CHANCE);
    for (let round = 0; round < Math.max(...DUELS_A_VISIT); round += 1) {
      const meeting = { day, atMs: fromMs + round * DUEL_MS };
      this.#nowMs = meeting.atMs;
      const playing = this.#shuffled(here.filter(({ duelsAVisit }) => duelsAVisit > round));
      const alone = playing.filter(() => this.#draw() < SHADOW_CHANCE);
      const paired = playing.filter((person) => !alone.includes(person));
      for (let at = 0; at < paired.length; at += 2) {
        const [one, other] = [paired[at], paired[at + 1]];
        if (one === undefined) break;
        if (other === undefined) alone.push(one);
        else await this.#duel([one, other], meeting);
      }
      for (const person of alone) await this.#shadowFight(person, meeting);
    }
    for (const person of here) await this.#walk(person, { day, atMs: fromMs + AFTER_DUELS_MS });
  }

  async #walk(person: LifePerson, { day, atMs }: Meeting): Promise<void> {
    this.#nowMs = atMs;
    const seed = String(this.#seed);
    const draw = seededDrawOf(`plan:${seed}:${person.charId}:${atMs}`);
    const plan = usualPlan((await person.earnings()).journey.level, draw);
    const walk = new Walk(
      person,
      { day, atMs, seed, forMs: WALK_MS - person.duelsAVisit * DUEL_MS },
      plan,
    );
    const { fights, defeats, spentMs } = await walk.run();
    this.wildFights += fights;
    this.defeats += defeats;
    this.walkedMs += spentMs;
  }

  async #duel(pair: readonly [LifePerson, LifePerson], { day, atMs }: Meeting): Promise<void> {
    const key = pair.map(({ charId }) => charId).toSorted((one, other) => one - other);
    const meetings = this.#meetings.get(String(key)) ?? [];
    const earlierOfPair = meetings.filter((at) => at >= atMs - PAIR_WINDOW_H * HOUR_MS).length;
    this.#meetings.set(String(key), [...meetings, atMs]);
    const winner = this.#draw() < DRAW_CHANCE ? null : this.#below(2);
    this.#duels += 1;
    for (const [side, person] of pair.entries()) {
      const result = winner === null ? 'drawn' : winner === side ? 'won' : 'lost';
      await this.#pay(person, { day, side, result, isShadow: false, earlierOfPair });
    }
  }

  async #shadowFight(person: LifePerson, { day }: Meeting): Promise<void> {
    const result = this.#below(2) === 0 ? 'won' : 'lost';
    this.#duels += 1;
    await this.#pay(person, { day, side: 0, result, isShadow: true, earlierOfPair: 0 });
  }

  async #pay(
    person: LifePerson,
    {
      day,
      side,
      ...fought
    }: Omit<BattleFacts, 'hasGivenUp' | 'isStopped' | 'countedToday'> & {
      readonly day: number;
      readonly side: number;
    },
  ): Promise<void> {
    this.battles += 1;
    const countedToday = this.#counted.get(person.charId) ?? 0;
    const hasGivenUp = fought.result === 'lost' && this.#draw() < GIVE_UP_CHANCE;
    const {
      xp,
      gold,
      unpaid: note,
    } = battleReward({
      ...fought,
      countedToday,
      hasGivenUp,
      isStopped: false,
    });
    if (xp > 0) this.#counted.set(person.charId, countedToday + 1);
    const id = battleGrantId(`duel${this.#duels}`, side);
    const { techniques } = archetypeNumbers[person.archetype];
    const uses = Object.fromEntries(techniques.map((technique) => [technique, USES_A_BATTLE]));
    const { result, isShadow } = fought;
    const battle = { result, isShadow };
    await person.give(day, 'duels', { id, xp, gold, note, battle, items: [], uses });
  }

  #shuffled<T>(all: readonly T[]): T[] {
    const keyed = all.map((one) => ({ one, key: this.#draw() }));
    return keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
  }

  #below(sides: number): number {
    return Math.floor(this.#draw() * sides);
  }
}
