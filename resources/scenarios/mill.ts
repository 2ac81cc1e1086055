/** Who grinds at night? By turns from week to week rats, a poacher or a child with a dog. */
export const mill = {
  key: 'mill',
  title: 'story.mill.title',
  place: 'old_mill',
  start: 'door',
  repeat: 'weekly',
  minutes: 3,
  needs: {},
  nodes: {
    door: {
      text: 'story.mill.door',
      choices: [
        { label: 'story.mill.door.ask', to: 'talk' },
        { label: 'story.mill.door.wheel', to: 'wheel' },
        { label: 'story.mill.door.flour', to: 'traces' },
      ],
    },
    talk: {
      text: 'story.mill.talk',
      choices: [
        { label: 'story.mill.talk.wheel', to: 'wheel' },
        { label: 'story.mill.talk.flour', to: 'traces' },
        { label: 'story.mill.talk.cat', to: 'cat' },
      ],
    },
    wheel: {
      text: 'story.mill.wheel',
      choices: [
        {
          label: 'story.mill.wheel.log',
          check: { attribute: 'strength', against: 18 },
          pass: 'stopped',
          fail: 'swept',
        },
        {
          label: 'story.mill.wheel.hold',
          check: { attribute: 'endurance', against: 18 },
          pass: 'stopped',
          fail: 'swept',
        },
        { label: 'story.mill.wheel.flour', to: 'traces' },
      ],
    },
    traces: {
      text: 'story.mill.traces',
      choices: [
        {
          label: 'story.mill.traces.brand',
          check: { attribute: 'intelligence', skill: 'lore', against: 18 },
          pass: 'read',
          fail: 'cat',
        },
        {
          label: 'story.mill.traces.tracks',
          check: { attribute: 'perception', skill: 'scouting', against: 18 },
          pass: 'read',
          fail: 'cat',
        },
      ],
    },
    stopped: {
      text: 'story.mill.stopped',
      effects: [{ gold: 6 }],
      pool: { label: 'story.mill.stopped.up', tag: 'culprit', byTurns: true, fallback: 'dawn' },
    },
    swept: {
      text: 'story.mill.swept',
      effects: [{ health: -10 }, { flag: 'unheard', set: 1 }],
      pool: { label: 'story.mill.swept.up', tag: 'culprit', byTurns: true, fallback: 'dawn' },
    },
    read: {
      text: 'story.mill.read',
      effects: [
        { flag: 'knows_the_word', set: 1 },
        { learn: 'lore', uses: 3 },
      ],
      pool: { label: 'story.mill.read.up', tag: 'culprit', byTurns: true, fallback: 'dawn' },
    },
    cat: {
      text: 'story.mill.cat',
      effects: [{ flag: 'unheard', set: 1 }],
      pool: { label: 'story.mill.cat.up', tag: 'culprit', byTurns: true, fallback: 'dawn' },
    },
    rats: {
      text: 'story.mill.rats',
      tag: 'culprit',
      choices: [
        { label: 'story.mill.rats.fight', battle: 'rat', won: 'dawn', lost: 'flour' },
        { label: 'story.mill.rats.word', if: { flag: 'knows_the_word' }, to: 'deal' },
        {
          label: 'story.mill.rats.bow',
          check: { attribute: 'charisma', against: 18 },
          pass: 'deal',
          fail: 'flour',
        },
        {
          label: 'story.mill.rats.steal',
          if: { flag: 'unheard' },
          check: { attribute: 'agility', against: 17 },
          pass: 'dawn',
          fail: 'flour',
        },
      ],
    },
    poacher: {
      text: 'story.mill.poacher',
      tag: 'culprit',
      choices: [
        { label: 'story.mill.poacher.fight', battle: 'poacher', won: 'dawn', lost: 'flour' },
        { label: 'story.mill.poacher.word', if: { flag: 'knows_the_word' }, to: 'deal' },
        {
          label: 'story.mill.poacher.pay',
          check: { attribute: 'charisma', skill: 'trade', against: 18 },
          pass: 'deal',
          fail: 'flour',
        },
        {
          label: 'story.mill.poacher.steal',
          if: { flag: 'unheard' },
          check: { attribute: 'agility', against: 17 },
          pass: 'dawn',
          fail: 'flour',
        },
      ],
    },
    dog: {
      text: 'story.mill.dog',
      tag: 'culprit',
      choices: [
        { label: 'story.mill.dog.fight', battle: 'wild_dog', won: 'dawn', lost: 'flour' },
        { label: 'story.mill.dog.word', if: { flag: 'knows_the_word' }, to: 'deal' },
        {
          label: 'story.mill.dog.sit',
          check: { attribute: 'wisdom', skill: 'survival', against: 17 },
          pass: 'deal',
          fail: 'flour',
        },
        {
          label: 'story.mill.dog.steal',
          if: { flag: 'unheard' },
          check: { attribute: 'agility', against: 17 },
          pass: 'dawn',
          fail: 'flour',
        },
      ],
    },
    dawn: {
      text: 'story.mill.dawn',
      effects: [{ give: 'millers_thanks' }, { xp: 40 }],
      ends: true,
    },
    deal: {
      text: 'story.mill.deal',
      effects: [{ give: 'millers_thanks' }, { xp: 40 }],
      ends: true,
    },
    flour: {
      text: 'story.mill.flour',
      effects: [{ gold: 8 }, { xp: 15 }],
      ends: true,
    },
  },
} as const;
