import { type AttributeName, attributeNames } from '../account/account-context.ts';
import { home } from '../core/home-feature.ts';
import { text } from '../core/text.ts';
import { type Raise, mostForOne } from '../scenario/points.ts';
import { raiseLines } from './story-lines.ts';
import type { StoryView } from './story-reply.ts';
import {
  NOTHING_GIVEN,
  type Reader,
  type StoryButton,
  type StoryPayload,
  storyScreen,
} from './story-screens.ts';

const KEYS_A_ROW = 3;

/** The points by attribute, as a button carries them. */
export function raiseFrom(given: string): Raise {
  const raised = attributeNames
    .map((name, at) => [name, Number(given[at] ?? 0)] as const)
    .filter(([, points]) => points > 0);
  return Object.fromEntries(raised);
}

/** Distributes the points by taps; nothing is stored before the last one. */
export function ownPointsScreen(view: StoryView, reader: Reader, given: string): StoryPayload {
  const { session } = view;
  if (session.waits.for !== 'points') return storyScreen(view, reader);
  const { points } = session.waits;
  const raise = raiseFrom(given);
  const left = points - Object.values(raise).reduce((sum, one) => sum + one, 0);
  const keys =
    left > 0 ? attributeNames.map((name) => raiseKey(view, { name, given, points })) : [];
  return {
    screen: 'story_points',
    title: storyScreen(view, reader).title,
    body: [
      text('story.points.own', { left: Math.max(0, left), most: mostForOne(points) }),
      null,
      ...raiseLines(raise),
    ],
    buttons: [...inRows(keys), lastRow(session.seq, given, left)],
  };
}

interface RaiseKey {
  readonly name: AttributeName;
  readonly given: string;
  readonly points: number;
}

/** An attribute that has all it may get keeps what it has. */
function raiseKey({ hero, session }: StoryView, { name, given, points }: RaiseKey): StoryButton {
  const at = attributeNames.indexOf(name);
  const has = Number(given[at] ?? 0);
  const next = Math.min(has + 1, mostForOne(points));
  const value = {
    seq: session.seq,
    given: `${given.slice(0, at)}${next}${given.slice(at + 1)}`,
  };
  const sign = text(`bag.attribute.${name}`);
  const label = text('story.button.attribute', { sign, points: hero.attributes[name] + has });
  return { label, action: 'story.points', value };
}

function lastRow(seq: number, given: string, left: number): StoryButton[] {
  const reset: StoryButton =
    given === NOTHING_GIVEN
      ? { label: text('story.button.proposal'), ...home }
      : {
          label: text('story.button.reset'),
          action: 'story.points',
          value: { seq, given: NOTHING_GIVEN },
        };
  if (left !== 0) return [reset];
  const done: StoryButton = {
    label: text('story.button.done'),
    action: 'story.raise',
    value: { seq, given },
    style: 'success',
  };
  return [reset, done];
}

function inRows(keys: readonly StoryButton[]): StoryButton[][] {
  return Array.from({ length: Math.ceil(keys.length / KEYS_A_ROW) }, (_, row) =>
    keys.slice(row * KEYS_A_ROW, (row + 1) * KEYS_A_ROW),
  );
}
