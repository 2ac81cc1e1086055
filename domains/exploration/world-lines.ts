import { type Text, text } from '../core/text.ts';
import { materialsText } from './materials-text.ts';
import type { WorldDone, WorldEvent, WorldView } from './world-reply.ts';
import type { SkillView } from './world-skills.ts';

/** What a step has done, as its screen says it. */
export function doneLines({ event, newLevel, newSkills }: WorldDone, view: WorldView): Text[] {
  return [
    ...eventLines(event, view),
    ...newSkills.map(skillLine),
    ...(newLevel === null ? [] : [text('battle.result.level', { level: newLevel })]),
  ];
}

function skillLine({ skill, level }: SkillView): Text {
  return text('world.done.skill', { skill: text(`world.skill.${skill}`), level });
}

/** A monster in the way says enough by itself. */
function eventLines(event: WorldEvent, { encounter }: WorldView): Text[] {
  switch (event.kind) {
    case 'moved':
      return event.xp > 0 ? [text('world.done.discovered', { xp: event.xp })] : [];
    case 'searched':
      return encounter === null ? [text('world.done.nothing')] : [];
    case 'gathered': {
      const list = materialsText(event.materials);
      return [list === null ? text('world.done.nothing') : text('world.done.gathered', { list })];
    }
    case 'rested':
      return [text('world.done.rested', { points: event.health })];
    case 'healed':
      return [
        event.gold === 0
          ? text('world.done.healed_free')
          : text('world.done.healed', { gold: event.gold }),
      ];
    case 'sold':
      return [text('world.done.sold', { gold: event.gold })];
    case 'avoided':
    case 'escaped':
      return [text(`world.done.${event.kind}`)];
    case 'examined':
      return [];
  }
}
