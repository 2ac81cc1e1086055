import { attributeNames } from '../account/account-context.ts';
import { type Text, text } from '../core/text.ts';
import { risenSkills } from '../exploration/world-skills.ts';
import { markedItem } from '../inventory/item-texts.ts';
import type { CheckResult } from '../scenario/check.ts';
import type { Raise } from '../scenario/points.ts';
import type { StoryDone } from './story-reply.ts';

/** What the dice said, and what the step gave and took. */
export function doneLines(done: StoryDone | null): Text[] {
  if (done === null) return [];
  const { check, points, before, after } = done;
  const { level } = after.journey;
  return [
    ...(check === null ? [] : [checkLine(check)]),
    ...(points > 0 ? [text('story.gain.health', { points })] : []),
    ...(points < 0 ? [text('story.gain.harm', { points: -points })] : []),
    ...grantLines(done),
    ...risenSkills(before, after).map(({ skill, level: reached }) =>
      text('world.done.skill', { skill: text(`world.skill.${skill}`), level: reached }),
    ),
    ...(level > before.journey.level ? [text('battle.result.level', { level })] : []),
  ];
}

export function raiseLines(raise: Raise): Text[] {
  return attributeNames.flatMap((name) => {
    const points = raise[name] ?? 0;
    const attribute = text(`account.attribute.${name}`);
    return points === 0 ? [] : [text('story.points.line', { attribute, points })];
  });
}

/** How likely it is, in words. */
export function chanceWord(percent: number): Text {
  if (percent === 100) return text('story.chance.sure');
  if (percent > 55) return text('story.chance.likely');
  if (percent >= 45) return text('story.chance.even');
  return text(percent > 15 ? 'story.chance.unlikely' : 'story.chance.hardly');
}

function checkLine({ passed, ...thrown }: CheckResult): Text {
  return text(`story.check.${passed ? 'passed' : 'failed'}`, { ...thrown });
}

function grantLines({ grant }: StoryDone): Text[] {
  if (grant === null) return [];
  const { gold, xp, items, scrap } = grant;
  return [
    ...items.map((item) => text('battle.result.item', { item: markedItem(item) })),
    ...(scrap > 0 ? [text('battle.result.no_room', { scrap })] : []),
    ...(gold > 0 ? [text('story.gain.gold', { gold })] : []),
    ...(xp > 0 ? [text('story.gain.xp', { xp })] : []),
  ];
}
