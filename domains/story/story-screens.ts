import type { Bio } from '../account/account-context.ts';
import type { WorldAction } from '../combat/world-action.ts';
import { type HomeAction, home } from '../core/home-feature.ts';
import { type Text, genderArg, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BagAction } from '../inventory/bag-action.ts';
import type { TextKey } from '../../resources/texts/index.ts';
import { nodeOf } from '../scenario/scenario.ts';
import { scenarios } from '../scenario/scenarios.ts';
import { type OpenChoice, openChoices, raiseOffer } from '../scenario/session.ts';
import type { StoryAction } from '../scenario/story-action.ts';
import { chanceWord, doneLines, raiseLines } from './story-lines.ts';
import type { StoryDone, StoryView } from './story-reply.ts';

export type StoryPayload = UiPayload<StoryAction | WorldAction | HomeAction | BagAction>;
export type StoryButton = Button<StoryAction | HomeAction>;

/** Whom the texts speak to. */
export type Reader = Pick<Bio, 'name' | 'gender'>;

/** Where the story is. `done`: what the last tap has done. */
export function storyScreen(
  view: StoryView,
  reader: Reader,
  done: StoryDone | null = null,
): StoryPayload {
  const { scenario, session } = view;
  const before = doneLines(done);
  return {
    screen: 'story',
    title: text('story.title', { story: worded(scenario.title, reader) }),
    body: [
      ...(before.length > 0 ? [...before, null] : []),
      worded(nodeOf(scenario, session.node).text, reader),
      ...waitingLines(view, reader),
    ],
    buttons: rowsOf(view, reader),
  };
}

/** After the last step. The text of the end is shown unless the points were shown with it. */
export function overScreen(done: StoryDone, reader: Reader): StoryPayload {
  const { key, session, raise } = done;
  const scenario = scenarios[key];
  const isShown = Object.keys(raise).length > 0;
  const end = isShown ? [] : [worded(nodeOf(scenario, session.node).text, reader), null];
  const lines = [...doneLines(done), ...raiseLines(raise)];
  return {
    screen: 'story_over',
    title: text('story.title', { story: worded(scenario.title, reader) }),
    body: [...end, ...lines, ...(lines.length > 0 ? [null] : []), text('story.over')],
    buttons: [
      [{ label: text('story.button.on'), action: 'world', style: 'primary' }],
      [
        { label: text('bag.button.open'), action: 'bag' },
        { label: text('world.button.arena'), ...home },
      ],
    ],
  };
}

function worded(key: TextKey, { name, gender }: Reader): Text {
  return text(key, { name: name ?? text('account.nameless'), gender: genderArg(gender) });
}

/** What the story waits for, and how likely the choices are. */
function waitingLines({ scenario, session, hero }: StoryView, reader: Reader): (Text | null)[] {
  if (session.waits.for === 'battle') return [null, text('story.fight.waits')];
  if (session.waits.for === 'points') {
    const offer = raiseOffer(session, hero) ?? {};
    return [null, text('story.points.title'), ...raiseLines(offer)];
  }
  const chances = openChoices(scenario, session, hero).flatMap(({ label, check }) => {
    if (check === null) return [];
    const { chance } = check;
    return [
      text('story.chance', { choice: worded(label, reader), word: chanceWord(chance), chance }),
    ];
  });
  return chances.length === 0 ? [] : [null, ...chances];
}

function rowsOf(view: StoryView, reader: Reader): StoryButton[][] {
  const { scenario, session, hero } = view;
  const { seq, waits } = session;
  if (waits.for === 'points') return [[...pointsButtons(seq)]];
  const later: StoryButton = {
    label: text('story.button.later'),
    action: 'story.pause',
    value: seq,
  };
  if (waits.for === 'battle') return [[fightButton(seq)], [later]];
  const choices = openChoices(scenario, session, hero).map((one) => [
    choiceButton(view, one, reader),
  ]);
  return [...choices, [later, ...(scenario.skip === undefined ? [] : [skipButton(seq)])]];
}

function choiceButton(
  { key, session: { seq } }: StoryView,
  { index, label }: OpenChoice,
  reader: Reader,
): StoryButton {
  return { label: worded(label, reader), action: 'story.choose', value: { key, seq, index } };
}

function fightButton(seq: number): StoryButton {
  return {
    label: text('story.button.fight'),
    action: 'story.fight',
    value: seq,
    style: 'primary',
  };
}

function skipButton(seq: number): StoryButton {
  return { label: text('story.button.arena'), action: 'story.skip', value: seq };
}

function pointsButtons(seq: number): StoryButton[] {
  return [
    { label: text('story.button.accept'), action: 'story.accept', value: seq, style: 'success' },
    {
      label: text('story.button.own'),
      action: 'story.points',
      value: { seq, given: NOTHING_GIVEN },
    },
  ];
}

/** A digit for each attribute. */
export const NOTHING_GIVEN = '000000000';
