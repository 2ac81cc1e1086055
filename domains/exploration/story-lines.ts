import { type Text, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import type { StoryAction } from '../scenario/story-action.ts';
import type { StoryHere } from '../scenario/story-here.ts';
import type { WorldView } from './world-reply.ts';

/** The story that a place offers, or why it cannot be begun yet. */
export function storyLines(story: StoryHere | null): Text[] {
  if (story === null) return [];
  const name = text(`story.${story.key}.title`);
  if (story.kind === 'paused') return [text('world.story.paused', { story: name })];
  const { beginning, minutes, level } = story;
  return [text(`world.story.${beginning}`, { story: name, minutes, level })];
}

export function storyRow({ story, version }: WorldView): Button<StoryAction>[][] {
  if (story === null) return [];
  const { key } = story;
  const label = text(`story.${key}.title`);
  if (story.kind === 'paused')
    return [
      [
        {
          label: text('world.button.story.paused', { story: label }),
          action: 'story.resume',
          value: story.seq,
          style: 'primary',
        },
      ],
    ];
  if (story.beginning !== 'open') return [];
  return [
    [
      {
        label: text('world.button.story', { story: label }),
        action: 'story.begin',
        value: { key, version },
      },
    ],
  ];
}
