import type { Archetype } from '../../domains/account/account-context.ts';
import type { CheckResult } from '../../domains/scenario/check.ts';
import type { Hero } from '../../domains/scenario/condition.ts';
import { isNothing } from '../../domains/scenario/gains.ts';
import { newHero } from '../../domains/scenario/graph.ts';
import { type Scenario, nodeOf } from '../../domains/scenario/scenario.ts';
import {
  advance,
  battleEnded,
  begin,
  openChoices,
  raiseOffer,
} from '../../domains/scenario/session.ts';
import type { StoryMoved, StoryRefused } from '../../domains/scenario/story-step.ts';
import type { StorySession } from '../../domains/inventory/story-session.ts';
import { type Reader, shown } from './shown.ts';

export interface PlayOptions {
  readonly reader: Reader;
  readonly archetype: Archetype;
  readonly run: number;
  readonly seed: string;
  /** What the player types, a line each: the number of a choice. */
  readonly lines: AsyncIterator<string, unknown>;
  readonly print: (line: string) => void;
}

/** Plays a scenario by typed numbers. How a battle ends is asked as well. */
export async function play(
  scenario: Scenario,
  { reader, archetype, run, seed, lines, print }: PlayOptions,
): Promise<void> {
  const hero = newHero(archetype, scenario.needs.level ?? 1);
  const table = { scenario, hero, reader, lines, print };
  let moved = begin(scenario, { run, seed });
  for (;;) {
    show(table, moved);
    if (moved.session.waits.for !== 'choice') break;
    moved = await nextMove(table, moved.session);
  }
  const offer = raiseOffer(moved.session, hero);
  if (offer !== null) print(`points: ${JSON.stringify(offer)}`);
}

interface Table extends Pick<PlayOptions, 'reader' | 'lines' | 'print'> {
  readonly scenario: Scenario;
  readonly hero: Hero;
}

function show({ scenario, reader, print }: Table, { session, gains, check }: StoryMoved): void {
  if (check !== null) print(`\n🎲 ${checkLine(check)}`);
  print(`\n${shown(nodeOf(scenario, session.node).text, reader)}\n`);
  if (!isNothing(gains)) print(`[${JSON.stringify(gains)}]\n`);
}

function checkLine({ thrown, bonus, against, passed }: CheckResult): string {
  return `${thrown} + ${bonus} against ${against}: ${passed ? 'passed' : 'failed'}`;
}

async function nextMove(table: Table, session: StorySession): Promise<StoryMoved> {
  const { scenario, hero, reader, print } = table;
  const open = openChoices(scenario, session, hero);
  for (const [at, { label, check }] of open.entries())
    print(`${at + 1}. ${shown(label, reader)}${check === null ? '' : ` · ${check.chance} %`}`);
  const choice = await ask(table, open.length);
  const tap = { seq: session.seq, choice: open[choice]?.index ?? 0, hero };
  const step = advance(scenario, session, tap);
  if (step.kind !== 'battle') return movedOnly(step);
  print(`⚔️ ${step.monster}: 1 won, 2 lost`);
  const won = (await ask(table, 2)) === 0;
  return movedOnly(battleEnded(scenario, step.session, { won }));
}

function movedOnly(step: StoryMoved | StoryRefused): StoryMoved {
  if (step.kind === 'refused') throw new Error(`refused: ${step.reason}`);
  return step;
}

/** 0 to count - 1. */
async function ask(table: Table, count: number): Promise<number> {
  for (;;) {
    const line = await table.lines.next();
    if (line.done) throw new Error('the story has not ended yet');
    const answer = Number(line.value);
    if (Number.isInteger(answer) && answer >= 1 && answer <= count) return answer - 1;
  }
}
