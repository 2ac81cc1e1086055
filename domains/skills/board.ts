import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import {
  NOTICES_A_DAY,
  NOTICE_REWARD,
  dayItemRarities,
  noticeTasks,
} from '../../resources/numbers/board.ts';
import type { TechniqueId } from '../combat/battle.ts';
import type { ItemKind } from '../inventory/item.ts';
import type { Decision, StoredGrant } from '../inventory/journey-store.ts';
import { type Earnings, type Grant, placedGrant } from '../inventory/journey.ts';
import { rollItem } from '../inventory/roll-item.ts';
import { seededDraw } from '../inventory/seeded-draw.ts';
import { refusal } from './refusal.ts';

export type NoticeTask = keyof typeof noticeTasks;
const taskNames = Object.keys(noticeTasks) as readonly NoticeTask[];

/** A task of the day on the board. */
export interface Notice {
  /** From 1. */
  readonly place: number;
  readonly task: NoticeTask;
  readonly times: number;
  /** Of the task `use_technique`. */
  readonly technique: TechniqueId;
}

export interface NoticeProgress extends Notice {
  /** Up to `times`. */
  readonly done: number;
  readonly isPaid: boolean;
}

type Owner = Pick<Earnings, 'charId' | 'archetype'>;

/** The same for a character all day. */
export function noticesOf({ charId, archetype }: Owner, day: number): Notice[] {
  const draw = seededDraw(`board:${charId}:${day}`);
  const left = [...taskNames];
  return Array.from({ length: NOTICES_A_DAY }, (_, index) => {
    const [task = 'fight_any'] = left.splice(draw(left.length), 1);
    const { techniques } = archetypeNumbers[archetype ?? 'warrior'];
    const technique = techniques[draw(techniques.length)] ?? 'breath';
    return { place: index + 1, task, technique, times: noticeTasks[task].times };
  });
}

/** Counted from what the day has given. */
export function boardOf(
  owner: Owner,
  day: number,
  granted: readonly StoredGrant[],
): NoticeProgress[] {
  const paid = new Set(granted.map(({ id }) => id));
  return noticesOf(owner, day).map((notice) => {
    const counts = granted.map((grant) => countIn(notice, grant));
    const done = Math.min(notice.times, sum(counts));
    return { ...notice, done, isPaid: paid.has(noticeGrantId(owner, day, notice.place)) };
  });
}

function noticeGrantId({ charId }: Owner, day: number, place: number): string {
  return `board:${charId}:${day}:${place}`;
}

/** Uses count in every battle; a battle that the character gave up counts for no other task. */
function countIn({ task, technique }: Notice, { battle, uses, note }: StoredGrant): number {
  if (task === 'use_technique') return uses[technique] ?? 0;
  if (task === 'use_techniques') return sum(Object.values(uses));
  if (battle === null || note === 'gave_up') return 0;
  return Number(fits(task, battle));
}

function fits(
  task: Exclude<NoticeTask, 'use_technique' | 'use_techniques'>,
  { result, isShadow }: NonNullable<StoredGrant['battle']>,
): boolean {
  const isWon = result === 'won';
  switch (task) {
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
export function claimNotice(board: readonly NoticeProgress[], { place, day, version }: Claim) {
  return (earnings: Earnings): Decision => {
    if (earnings.journey.version !== version) return refusal('skills.notice.stale');
    const notice = board.find((one) => one.place === place);
    if (notice === undefined || notice.isPaid) return refusal('skills.notice.stale');
    if (notice.done < notice.times) return refusal('skills.notice.unfinished');
    const isLast = board.every((one) => one.isPaid || one.place === place);
    const grant: Grant = {
      ...{ id: noticeGrantId(earnings, day, place), ...NOTICE_REWARD, uses: {} },
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
