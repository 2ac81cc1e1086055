import type { Hero } from '../../../domains/scenario/condition.ts';
import { newHero } from '../../../domains/scenario/graph.ts';
import type { Scenario } from '../../../domains/scenario/scenario.ts';

/** Every kind of node and choice, with texts of the prologue. */
export const small: Scenario = {
  key: 'small',
  title: 'story.prologue.title',
  place: 'start_village',
  start: 'door',
  repeat: 'weekly',
  minutes: 1,
  needs: {},
  skip: 'end',
  nodes: {
    door: {
      text: 'story.prologue.gate',
      choices: [
        { label: 'story.prologue.gate.push', weight: { strength: 2 }, to: 'hall' },
        {
          label: 'story.prologue.gate.think',
          check: { attribute: 'intelligence', skill: 'lore', against: 16 },
          pass: 'hall',
          fail: 'pit',
        },
        {
          label: 'story.prologue.gate.fence',
          if: { attribute: 'agility', atLeast: 20 },
          to: 'end',
        },
      ],
    },
    pit: {
      text: 'story.prologue.bruise',
      effects: [{ health: -10 }, { flag: 'fell', add: 2 }, { learn: 'lore', uses: 3 }, { gold: 4 }],
      choices: [
        { label: 'story.prologue.comfort.rise', limit: 1, to: 'pit' },
        { label: 'story.prologue.comfort.hand', if: { flag: 'fell', atLeast: 2 }, to: 'door_2' },
        { label: 'story.prologue.comfort.think', to: 'hall' },
      ],
    },
    door_2: { text: 'story.prologue.hole', effects: [{ xp: 7 }], ends: true },
    hall: {
      text: 'story.prologue.yard',
      pool: {
        label: 'story.prologue.yard.watch',
        tag: 'room',
        fallback: 'end',
        byTurns: true,
      },
    },
    red: {
      text: 'story.prologue.fight',
      tag: 'room',
      choices: [
        {
          label: 'story.prologue.fight.now',
          battle: 'straw_man',
          won: 'end',
          lost: 'door_2',
          weight: { endurance: 1 },
        },
      ],
    },
    blue: {
      text: 'story.prologue.praise',
      tag: 'room',
      choices: [{ label: 'story.prologue.praise.straw', to: 'end' }],
    },
    end: {
      text: 'story.prologue.end',
      effects: [
        { distribute: 6 },
        { give: 'starter' },
        { xp: 30 },
        { gold: 20 },
        { goTo: 'crossroads' },
      ],
      ends: true,
    },
  },
};

export const warrior: Hero = newHero('warrior', 1);
