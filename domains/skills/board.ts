import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import {
  TASKS_A_DAY,
  TASK_REWARD,
  dayItemRarities,
  boardTasks,
} from '../../resources/numbers/board.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import type { TechniqueId } from '../combat/battle.ts';
import type { ItemKind } from '../inventory/item.ts';
import type { Decision, StoredGrant } from '../inventory/journey-store.ts';
import { type Earnings, type Grant, placedGrant } from '../inventory/journey.ts';
import { rollItem } from '../inventory/roll-item.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';
import { refusal } from './refusal.ts';

export type TaskKind = keyof typeof boardTasks;
const taskKinds = Object.keys(boardTasks) as readonly TaskKind[];

/** A task of the day on the board. */
export interface Task {
  /** From 1. */
  readonly place: number;
  readonly kind: TaskKind;
  readonly times: number;
  /** Of the kind `use_technique`. */
  readonly technique: TechniqueId;
}

export interface TaskProgress extends Task {
  /** Up to `times`. */
  readonly done: number;
  readonly isPaid: boolean;
}

type Owner = Pick<Earnings, 'charId' | 'archetype'>;

/** The same for a character all day. */
export function tasksOf({ charId, archetype }: Owner, day: number): Task[] {
  const draw = seededDraw(`board:${charId}:${day}`);
  const left = [...taskKinds];
  return Array.from({ length: TASKS_A_DAY }, (_, index) => {
    const [kind = 'fight_any'] = left.splice(draw(left.length), 1);
    const { techniques } = archetypeNumbers[archetype ?? 'warrior'];
    const technique = techniques[draw(techniques.length)] ?? 'breath';
    return { place: index + 1, kind, technique, times: boardTasks[kind].times };
  });
}

/** Counted from what the day has given. */
export function boardOf(
  owner: Owner,
  day: number,
  granted: readonly StoredGrant[],
): TaskProgress[] {
  const paid = new Set(granted.map(({ id }) => id));
  return tasksOf(owner, day).map((task) => {
    const counts = granted.map((grant) => countIn(task, grant));
    const done = Math.min(task.times, sum(counts));
    return { ...task, done, isPaid: paid.has(taskGrantId(owner, day, task.place)) };
  });
}

function taskGrantId({ charId }: Owner, day: number, place: number): string {
  return `board:${charId}:${day}:${place}`;
}

/** Uses count in every battle; one that the character gave up, or an operator ended, counts for no other kind. */
function countIn({ kind, technique }: Task, { battle, uses, note }: StoredGrant): number {
  if (kind === 'use_technique') return uses[technique] ?? 0;
  if (kind === 'use_techniques') return sum(techniqueIds.map((id) => uses[id] ?? 0));
  if (battle === null || note === 'gave_up' || note === 'operator') return 0;
  return Number(fits(kind, battle));
}

function fits(
  kind: Exclude<TaskKind, 'use_technique' | 'use_techniques'>,
  { result, isShadow }: NonNullable<StoredGrant['battle']>,
): boolean {
  const isWon = result === 'won';
  switch (kind) {
    case 'win_duel':
      return isWon && !isShadow;
    case 'fight_duels':
      return !isShadow;
    case 'beat_shadow':
      return isWon && isShadow;
    case 'fight_shadow':
      return isShadow;
    case 'win_any':
      return isWon;
    case 'fight_any':
      return true;
  }
}

export interface Claim {
  readonly place: number;
  readonly day: number;
  readonly version: number;
}

/**
 * `board` is read before the step. It can miss no payment: each raises the version, and more battles
 * only add to what is done.
 */
export function claimTask(board: readonly TaskProgress[], { place, day, version }: Claim) {
  return (earnings: Earnings): Decision => {
    if (earnings.journey.version !== version) return refusal('skills.notice.stale');
    const task = board.find((one) => one.place === place);
    if (task === undefined || task.isPaid) return refusal('skills.notice.stale');
    if (task.done < task.times) return refusal('skills.notice.unfinished');
    const isLast = board.every((one) => one.isPaid || one.place === place);
    const grant: Grant = {
      id: taskGrantId(earnings, day, place),
      ...TASK_REWARD,
      uses: {},
      items: isLast ? [dayItem(earnings, day)] : [],
    };
    return { kind: 'change', change: { grants: [placedGrant(grant, earnings.items)] } };
  };
}

function dayItem({ charId, archetype }: Owner, day: number): ItemKind {
  const draw = seededDraw(`board item:${charId}:${day}`);
  return rollItem(draw, { archetype: archetype ?? 'warrior', weights: dayItemRarities });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
