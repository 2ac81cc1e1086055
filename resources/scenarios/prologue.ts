/** The first minutes of a new character: zones, guard, a technique, a fight with straw, a bag. */
export const prologue = {
  key: 'prologue',
  title: 'story.prologue.title',
  place: 'start_village',
  start: 'gate',
  repeat: 'never',
  minutes: 6,
  needs: {},
  skip: 'end',
  nodes: {
    gate: {
      text: 'story.prologue.gate',
      choices: [
        {
          label: 'story.prologue.gate.push',
          weight: { strength: 2, endurance: 1 },
          to: 'broken',
        },
        { label: 'story.prologue.gate.fence', weight: { perception: 2, agility: 1 }, to: 'hole' },
        { label: 'story.prologue.gate.answer', weight: { charisma: 2 }, to: 'window' },
        {
          label: 'story.prologue.gate.think',
          weight: { wisdom: 2, intelligence: 1 },
          to: 'window',
        },
      ],
    },
    broken: {
      text: 'story.prologue.broken',
      effects: [{ flag: 'broke_the_gate', set: 1 }],
      choices: [
        { label: 'story.prologue.broken.lift', weight: { endurance: 2 }, to: 'yard' },
        { label: 'story.prologue.broken.joke', weight: { charisma: 1, luck: 1 }, to: 'yard' },
        { label: 'story.prologue.broken.tune', weight: { perception: 1, wisdom: 1 }, to: 'yard' },
      ],
    },
    hole: {
      text: 'story.prologue.hole',
      effects: [{ flag: 'has_a_hen', set: 1 }],
      choices: [
        { label: 'story.prologue.hole.dignity', weight: { men: 2 }, to: 'yard' },
        { label: 'story.prologue.hole.hen', weight: { luck: 2 }, to: 'yard' },
        { label: 'story.prologue.hole.look', weight: { perception: 1, agility: 1 }, to: 'yard' },
      ],
    },
    window: {
      text: 'story.prologue.window',
      effects: [{ flag: 'answered', set: 1 }],
      choices: [
        { label: 'story.prologue.window.glory', weight: { charisma: 1, strength: 1 }, to: 'yard' },
        {
          label: 'story.prologue.window.titan',
          weight: { intelligence: 1, wisdom: 1 },
          to: 'yard',
        },
        { label: 'story.prologue.window.lost', weight: { men: 1, endurance: 1 }, to: 'yard' },
        { label: 'story.prologue.window.supper', weight: { luck: 1, agility: 1 }, to: 'yard' },
      ],
    },
    yard: {
      text: 'story.prologue.yard',
      choices: [
        {
          label: 'story.prologue.yard.head',
          weight: { strength: 2 },
          battle: 'straw_man',
          won: 'praise',
          lost: 'comfort',
        },
        { label: 'story.prologue.yard.legs', weight: { agility: 2 }, to: 'guard' },
        { label: 'story.prologue.yard.watch', weight: { perception: 2 }, to: 'guard' },
        { label: 'story.prologue.yard.kings', weight: { wisdom: 1, charisma: 1 }, to: 'guard' },
      ],
    },
    guard: {
      text: 'story.prologue.guard',
      choices: [
        {
          label: 'story.prologue.guard.shoulders',
          weight: { perception: 2 },
          check: { attribute: 'perception', against: 17 },
          pass: 'caught',
          fail: 'bruise',
        },
        {
          label: 'story.prologue.guard.dodge',
          weight: { agility: 2 },
          check: { attribute: 'agility', against: 17 },
          pass: 'caught',
          fail: 'bruise',
        },
        {
          label: 'story.prologue.guard.endure',
          weight: { endurance: 2 },
          check: { attribute: 'endurance', against: 17 },
          pass: 'caught',
          fail: 'bruise',
        },
        {
          label: 'story.prologue.guard.count',
          weight: { intelligence: 2 },
          check: { attribute: 'intelligence', against: 17 },
          pass: 'caught',
          fail: 'bruise',
        },
      ],
    },
    caught: {
      text: 'story.prologue.caught',
      choices: [
        { label: 'story.prologue.caught.again', weight: { endurance: 1, men: 1 }, to: 'technique' },
        { label: 'story.prologue.caught.eye', weight: { charisma: 2 }, to: 'technique' },
        { label: 'story.prologue.caught.silent', weight: { wisdom: 2 }, to: 'technique' },
      ],
    },
    bruise: {
      text: 'story.prologue.bruise',
      effects: [{ health: -5 }],
      choices: [
        { label: 'story.prologue.bruise.slower', weight: { men: 2 }, to: 'technique' },
        {
          label: 'story.prologue.bruise.laugh',
          weight: { charisma: 1, luck: 1 },
          to: 'technique',
        },
        {
          label: 'story.prologue.bruise.mistake',
          weight: { intelligence: 1, wisdom: 1 },
          to: 'technique',
        },
      ],
    },
    technique: {
      text: 'story.prologue.technique',
      choices: [
        { label: 'story.prologue.technique.crush', weight: { strength: 2 }, to: 'fight' },
        { label: 'story.prologue.technique.unseen', weight: { agility: 2 }, to: 'fight' },
        {
          label: 'story.prologue.technique.stand',
          weight: { endurance: 1, men: 1 },
          to: 'fight',
        },
        { label: 'story.prologue.technique.fire', weight: { intelligence: 2 }, to: 'fight' },
      ],
    },
    fight: {
      text: 'story.prologue.fight',
      choices: [
        {
          label: 'story.prologue.fight.now',
          weight: { strength: 1 },
          battle: 'straw_man',
          won: 'praise',
          lost: 'comfort',
        },
        {
          label: 'story.prologue.fight.bow',
          weight: { charisma: 1 },
          battle: 'straw_man',
          won: 'praise',
          lost: 'comfort',
        },
        {
          label: 'story.prologue.fight.circle',
          weight: { perception: 1 },
          battle: 'straw_man',
          won: 'praise',
          lost: 'comfort',
        },
        {
          label: 'story.prologue.fight.bar',
          if: { flag: 'broke_the_gate' },
          weight: { strength: 1, endurance: 1 },
          battle: 'straw_man',
          won: 'praise',
          lost: 'comfort',
        },
      ],
    },
    praise: {
      text: 'story.prologue.praise',
      choices: [
        { label: 'story.prologue.praise.bucket', weight: { charisma: 2 }, to: 'bag' },
        { label: 'story.prologue.praise.straw', weight: { men: 1, endurance: 1 }, to: 'bag' },
        { label: 'story.prologue.praise.why', weight: { wisdom: 1, intelligence: 1 }, to: 'bag' },
        {
          label: 'story.prologue.praise.hen',
          if: { flag: 'has_a_hen' },
          weight: { luck: 2 },
          to: 'bag',
        },
      ],
    },
    comfort: {
      text: 'story.prologue.comfort',
      choices: [
        { label: 'story.prologue.comfort.rise', weight: { men: 2 }, to: 'bag' },
        { label: 'story.prologue.comfort.think', weight: { wisdom: 2 }, to: 'bag' },
        { label: 'story.prologue.comfort.hand', weight: { charisma: 1, luck: 1 }, to: 'bag' },
        {
          label: 'story.prologue.comfort.hen',
          if: { flag: 'has_a_hen' },
          weight: { luck: 1, agility: 1 },
          to: 'bag',
        },
      ],
    },
    bag: {
      text: 'story.prologue.bag',
      choices: [
        { label: 'story.prologue.bag.thanks', weight: { charisma: 1 }, to: 'end' },
        {
          label: 'story.prologue.bag.repair',
          if: { flag: 'broke_the_gate' },
          weight: { strength: 1, endurance: 1 },
          to: 'end',
        },
        {
          label: 'story.prologue.bag.hen',
          if: { flag: 'has_a_hen' },
          weight: { luck: 1, agility: 1 },
          to: 'end',
        },
        {
          label: 'story.prologue.bag.titan',
          if: { flag: 'answered' },
          weight: { intelligence: 1, perception: 1 },
          to: 'end',
        },
      ],
    },
    end: {
      text: 'story.prologue.end',
      effects: [
        { distribute: 6 },
        { give: 'starter' },
        { gold: 20 },
        { xp: 30 },
        { goTo: 'start_village' },
      ],
      ends: true,
    },
  },
} as const;
