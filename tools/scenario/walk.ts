import { type Archetype, archetypes } from '../../domains/account/account-context.ts';
import type { Draw } from '../../domains/inventory/roll-item.ts';
import { seededDraw } from '../../domains/inventory/seeded-draw.ts';
import { newHero } from '../../domains/scenario/graph.ts';
import type { Hero } from '../../domains/scenario/condition.ts';
import type { Gains } from '../../domains/scenario/gains.ts';
import type { Scenario } from '../../domains/scenario/scenario.ts';
import { advance, battleEnded, begin, openChoices } from '../../domains/scenario/session.ts';
import type { StorySession } from '../../domains/inventory/story-session.ts';
import { MAX_LEVEL } from '../../resources/numbers/levels.ts';
import { worldSkills } from '../../resources/numbers/exploration.ts';

/** A walk is given up after so many taps: the scenario has lost its way. */
export const GIVEN_UP_AFTER = 200;
const WON_PERCENT = 70;

/** One way through a scenario, with chances for everything that the player decides. */
export interface Walk {
  readonly archetype: Archetype;
  /** Nodes in the order of the visits. */
  readonly visited: readonly string[];
  /** `node 2`: the third choice of the node. */
  readonly chosen: readonly string[];
  readonly gains: readonly Gains[];
  readonly end: string | null;
}

/** The walk of this number is always the same. */
export function walk(scenario: Scenario, number: number): Walk {
  const draw = seededDraw(`walk ${scenario.key} ${number}`);
  const hero = heroOf(scenario, { number, draw });
  const first = begin(scenario, { run: 1 + draw(5), seed: `${number}` });
  const gains = [first.gains];
  const chosen: string[] = [];
  let { session } = first;
  while (session.waits.for === 'choice' && chosen.length < GIVEN_UP_AFTER) {
    const { step, taken } = tap(scenario, session, { hero, draw });
    chosen.push(taken);
    gains.push(step.gains);
    ({ session } = step);
  }
  const end = session.waits.for === 'choice' ? null : session.node;
  return { archetype: hero.archetype, visited: session.visited, chosen, gains, end };
}

interface Player {
  readonly hero: Hero;
  readonly draw: Draw;
}

function tap(scenario: Scenario, session: StorySession, { hero, draw }: Player) {
  const open = openChoices(scenario, session, hero);
  const choice = open[draw(Math.max(1, open.length))];
  if (choice === undefined) throw new Error(`node ${session.node} has no open choice`);
  const taken = `${session.node} ${choice.index}`;
  const stepped = advance(scenario, session, { seq: session.seq, choice: choice.index, hero });
  const step =
    stepped.kind === 'battle'
      ? battleEnded(scenario, stepped.session, { won: draw(100) < WON_PERCENT })
      : stepped;
  if (step.kind !== 'moved') throw new Error(`node ${session.node} refuses: ${step.reason}`);
  return { step, taken };
}

/** Archetypes by turns; any level that may begin, and some skill. */
function heroOf(
  scenario: Scenario,
  { number, draw }: { readonly number: number; readonly draw: Draw },
): Hero {
  const archetype = archetypes[number % archetypes.length] ?? 'warrior';
  const least = scenario.needs.level ?? 1;
  const skills = Object.fromEntries(worldSkills.map((skill) => [skill, draw(4)]));
  return { ...newHero(archetype, least + draw(MAX_LEVEL + 1 - least)), skills };
}
