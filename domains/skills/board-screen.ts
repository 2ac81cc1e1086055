import { TASK_REWARD } from '../../resources/numbers/board.ts';
import { dayStartMs } from '../core/day.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BoardAction } from './board-action.ts';
import type { TaskProgress } from './board.ts';
import type { CharacterAction } from './character-action.ts';
import { characterRow } from './character-screen.ts';

export interface BoardFacts {
  readonly board: readonly TaskProgress[];
  readonly day: number;
  /** Of the journey, for the keys. */
  readonly version: number;
  /** What the tap has given. */
  readonly given?: readonly Text[];
}

export function boardScreen({
  board,
  day,
  version,
  given = [],
}: BoardFacts): UiPayload<BoardAction | CharacterAction> {
  const ready = board.filter((task) => stateOf(task) === 'ready');
  const paid = board.filter(({ isPaid }) => isPaid).length;
  return {
    screen: 'board',
    title: text('skills.board.title', { paid, count: board.length }),
    body: [
      ...board.map(taskLine),
      null,
      ...(given.length > 0 ? [...given, null] : []),
      text('skills.board.reward', TASK_REWARD),
      text('skills.board.next', { at: { atMs: dayStartMs(day + 1) } }),
    ],
    buttons: [...ready.map(({ place }) => [claimKey({ place, day, version })]), characterRow],
  };
}

function taskLine(task: TaskProgress): Text {
  const { place, kind, technique, done, times } = task;
  const name = text(`combat.technique.${technique}.name`);
  return text('skills.board.task', {
    sign: text(`skills.sign.${stateOf(task)}`),
    place,
    task: text(`skills.task.${kind}`, { times, technique: name }),
    done,
    times,
  });
}

function stateOf({ done, times, isPaid }: TaskProgress): 'paid' | 'ready' | 'open' {
  if (isPaid) return 'paid';
  return done < times ? 'open' : 'ready';
}

function claimKey(value: {
  readonly place: number;
  readonly day: number;
  readonly version: number;
}): Button<BoardAction> {
  const label = text('skills.button.claim', { place: value.place });
  return { label, action: 'board.claim', value, style: 'success' };
}
