import { archetypes } from '../../domains/account/account-context.ts';
import { xpForLevel } from '../../domains/account/level.ts';
import { dayStartMs } from '../../domains/core/day.ts';
import { seededDraw } from '../../domains/inventory/seeded-draw.ts';
import { type PlaceId, placeIds, places } from '../../resources/numbers/places.ts';
import { markdownTable } from '../bench/print-table.ts';
import { LifePerson, sumOf } from './life-person.ts';
import { Walk, type WalkPlan, carefulHealth, usualPlan } from './life-walk.ts';
import type { LifeOptions } from './life.ts';

/** Somebody who spends all energy, however long it takes, in one place and in one way. */
interface Greed {
  readonly name: string;
  readonly planOf: (level: number, seed: string) => WalkPlan;
}

interface Farmed {
  readonly name: string;
  readonly gold: number;
  readonly xp: number;
  readonly items: number;
  readonly fights: number;
  readonly minutes: number;
}

const HOUR_MS = 3_600_000;
const VISITS_H = [9, 20] as const;
/** More than any energy lasts. */
const WHOLE_VISIT_MS = 2 * HOUR_MS;
/** With which everything but the boss is beaten, and every place is open. */
const LEVEL = 6;
const SHOWN = 12;

const recklessHealth = [0.1, 0.2, 0.3, 0.4] as const;
const timidHealth = [0.6, 0.8, 0.95, 1] as const;

/** All that one place offers, in several proportions, with more and with less care. */
function* greeds(): Generator<Greed> {
  const care = { careful: carefulHealth, reckless: recklessHealth, timid: timidHealth };
  for (const ground of wildPlaces())
    for (const gatherPercent of placeHas(ground) ? [0, 50, 100] : [0])
      for (const [word, minHealth] of Object.entries(care)) {
        const plan = { ground, gatherPercent, explorePercent: 0, minHealth };
        const name = `${ground}, ${gatherPercent} % gathers, ${word}`;
        yield { name, planOf: () => plan };
        if (gatherPercent < 100 || word !== 'careful') continue;
        yield {
          name: `${ground}, gathers in peace`,
          planOf: () => ({ ...plan, isPeaceful: true }),
        };
      }
}

function wildPlaces(): PlaceId[] {
  return placeIds.filter((id) => places[id].kind === 'wild');
}

function placeHas(id: PlaceId): boolean {
  const place = places[id];
  return place.kind === 'wild' && place.gather.length > 0;
}

/** As meant, with all the energy: what the others are compared with. */
const usual: Greed = {
  name: 'as meant, all energy',
  planOf: (level, seed) => usualPlan(level, seededDraw(seed)),
};

/** The ways that farm most, beside what is meant. */
export async function greedyTables(options: LifeOptions): Promise<string> {
  const meant = await farm(usual, options);
  const all: Farmed[] = [];
  for (const greed of greeds()) all.push(await farm(greed, options));
  const by = (name: string, value: (one: Farmed) => number) => {
    const best = all.toSorted((one, other) => value(other) - value(one)).slice(0, SHOWN);
    const rows = [meant, ...best].map((one) => rowOf(one, meant, value));
    const head = [name, 'gold a day', 'XP', 'items', 'fights', 'minutes', 'of what is meant'];
    return markdownTable(head, rows);
  };
  return [
    `Level ${LEVEL} from the start, two visits a day, all energy spent; no duels, no board.`,
    `${options.characters} characters, ${options.days} days, ${all.length} ways\n`,
    `${by('most gold', ({ gold }) => gold)}\n`,
    `${by('most XP', ({ xp }) => xp)}\n`,
    by('most gold a minute', ({ gold, minutes }) => gold / minutes),
  ].join('\n');
}

function rowOf(one: Farmed, meant: Farmed, value: (one: Farmed) => number): string[] {
  const { name, gold, xp, items, fights, minutes } = one;
  const share = `${((100 * value(one)) / value(meant)).toFixed(0)} %`;
  return [name, ...[gold, xp, items, fights, minutes].map((each) => each.toFixed(1)), share];
}

/** Means of a character and a day. Gold is what is earned, without what the shop takes. */
async function farm({ name, planOf }: Greed, options: LifeOptions): Promise<Farmed> {
  const { characters, days, seed } = options;
  let [fights, spentMs] = [0, 0];
  const people: LifePerson[] = [];
  for (let charId = 1; charId <= characters; charId += 1) {
    const archetype = archetypes[charId % archetypes.length] ?? 'warrior';
    let nowMs = dayStartMs(1);
    const person = new LifePerson({ charId, archetype, duelsAVisit: 0 }, { now: () => nowMs });
    const start = { id: `start:${charId}`, xp: xpForLevel(LEVEL), gold: 0, items: [], uses: {} };
    await person.give(0, 'board', start);
    for (let day = 1; day <= days; day += 1) {
      for (const hour of VISITS_H) {
        nowMs = dayStartMs(day) + hour * HOUR_MS;
        const { level } = (await person.earnings()).journey;
        const plan = planOf(level, `${seed}:${charId}:${nowMs}`);
        const visit = { day, atMs: nowMs, forMs: WHOLE_VISIT_MS, seed: String(seed) };
        const walked = await new Walk(person, visit, plan).run();
        fights += walked.fights;
        spentMs += walked.spentMs;
      }
      await person.tidyUp(day, new Date(nowMs).toISOString().slice(0, 10));
    }
    people.push(person);
  }
  const entries = people
    .flatMap((person) => person.entries)
    .filter(({ source }) => source !== 'shop' && source !== 'board');
  const share = (sum: number) => sum / characters / days;
  return {
    name,
    gold: share(sumOf(entries.map((entry) => entry.gold))),
    xp: share(sumOf(entries.map((entry) => entry.xp))),
    items: share(sumOf(entries.map((entry) => entry.items.length))),
    fights: share(fights),
    minutes: share(spentMs / 60_000),
  };
}
