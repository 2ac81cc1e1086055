/** Forty drowned knights hold the stairs of the Titan. One of their three relics can be taken. */
export const chapel = {
  key: 'chapel',
  title: 'story.chapel.title',
  place: 'sunken_chapel',
  start: 'shore',
  repeat: 'never',
  minutes: 5,
  needs: { level: 4 },
  nodes: {
    shore: {
      text: 'story.chapel.shore',
      choices: [
        {
          label: 'story.chapel.shore.dive',
          check: { attribute: 'endurance', against: 19 },
          pass: 'nave',
          fail: 'undertow',
        },
        {
          label: 'story.chapel.shore.stone',
          check: { attribute: 'intelligence', skill: 'lore', against: 19 },
          pass: 'ebb',
          fail: 'undertow',
        },
        { label: 'story.chapel.shore.boat', to: 'ferry' },
      ],
    },
    undertow: {
      text: 'story.chapel.undertow',
      effects: [{ health: -15 }],
      choices: [
        { label: 'story.chapel.undertow.foot', to: 'kneel' },
        { label: 'story.chapel.undertow.bell', to: 'nave' },
      ],
    },
    ferry: {
      text: 'story.chapel.ferry',
      choices: [
        { label: 'story.chapel.ferry.loot', to: 'nave' },
        { label: 'story.chapel.ferry.count', to: 'ebb' },
        {
          label: 'story.chapel.ferry.save',
          check: { attribute: 'charisma', against: 18 },
          pass: 'ebb',
          fail: 'undertow',
        },
      ],
    },
    ebb: {
      text: 'story.chapel.ebb',
      effects: [
        { flag: 'knows_the_word', set: 1 },
        { learn: 'lore', uses: 5 },
      ],
      choices: [
        { label: 'story.chapel.ebb.down', to: 'nave' },
        {
          label: 'story.chapel.ebb.names',
          check: { attribute: 'perception', skill: 'scouting', against: 18 },
          pass: 'sacristy',
          fail: 'nave',
        },
      ],
    },
    nave: {
      text: 'story.chapel.nave',
      choices: [
        {
          label: 'story.chapel.nave.rhythm',
          check: { attribute: 'agility', against: 19 },
          pass: 'sacristy',
          fail: 'guard',
        },
        { label: 'story.chapel.nave.kneel', to: 'kneel' },
        { label: 'story.chapel.nave.straight', to: 'guard' },
      ],
    },
    kneel: {
      text: 'story.chapel.kneel',
      effects: [{ flag: 'knows_the_count', set: 1 }],
      choices: [
        { label: 'story.chapel.kneel.fight', to: 'guard' },
        {
          label: 'story.chapel.kneel.yield',
          check: { attribute: 'charisma', against: 19 },
          pass: 'sacristy',
          fail: 'guard',
        },
      ],
    },
    guard: {
      text: 'story.chapel.guard',
      choices: [
        { label: 'story.chapel.guard.fight', battle: 'revenant', won: 'sacristy', lost: 'washed' },
        {
          label: 'story.chapel.guard.count',
          if: { flag: 'knows_the_count' },
          check: { attribute: 'wisdom', against: 18 },
          pass: 'sacristy',
          fail: 'washed',
        },
      ],
    },
    sacristy: {
      text: 'story.chapel.sacristy',
      effects: [{ health: 25 }],
      choices: [
        { label: 'story.chapel.sacristy.strike', to: 'warden' },
        {
          label: 'story.chapel.sacristy.tear',
          check: { attribute: 'luck', against: 20 },
          pass: 'altar',
          fail: 'warden',
        },
        { label: 'story.chapel.sacristy.leave', to: 'warden' },
      ],
    },
    warden: {
      text: 'story.chapel.warden',
      choices: [
        { label: 'story.chapel.warden.fight', battle: 'gate_knight', won: 'altar', lost: 'washed' },
        {
          label: 'story.chapel.warden.hold',
          if: { flag: 'knows_the_count' },
          check: { attribute: 'men', against: 19 },
          pass: 'altar',
          fail: 'washed',
        },
        {
          label: 'story.chapel.warden.word',
          if: { flag: 'knows_the_word' },
          check: { attribute: 'intelligence', skill: 'lore', against: 19 },
          pass: 'altar',
          fail: 'washed',
        },
      ],
    },
    washed: {
      text: 'story.chapel.washed',
      effects: [{ health: 40 }],
      choices: [
        { label: 'story.chapel.washed.again', limit: 1, to: 'nave' },
        { label: 'story.chapel.washed.take', to: 'ashore' },
      ],
    },
    altar: {
      text: 'story.chapel.altar',
      choices: [
        {
          label: 'story.chapel.altar.ember',
          if: { not: { archetype: 'mystic' } },
          to: 'ember',
        },
        { label: 'story.chapel.altar.bell', to: 'bell' },
        { label: 'story.chapel.altar.acorn', to: 'acorn' },
        { label: 'story.chapel.altar.lantern', if: { archetype: 'mystic' }, to: 'lantern' },
      ],
    },
    ember: {
      text: 'story.chapel.ember',
      effects: [{ give: 'chapel_ember' }, { xp: 60 }],
      ends: true,
    },
    bell: {
      text: 'story.chapel.bell',
      effects: [{ give: 'chapel_bell' }, { xp: 60 }],
      ends: true,
    },
    acorn: {
      text: 'story.chapel.acorn',
      effects: [{ give: 'chapel_acorn' }, { xp: 60 }],
      ends: true,
    },
    lantern: {
      text: 'story.chapel.lantern',
      effects: [{ give: 'chapel_lantern' }, { xp: 60 }],
      ends: true,
    },
    ashore: {
      text: 'story.chapel.ashore',
      effects: [{ give: 'chapel_salvage' }, { xp: 30 }],
      ends: true,
    },
  },
} as const;
