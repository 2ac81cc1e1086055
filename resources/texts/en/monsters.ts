export const monsters = {
  'monster.rat.name': 'Rat',
  'monster.wild_dog.name': 'Wild dog',
  'monster.poacher.name': 'Poacher',
  'monster.wolf.name': 'Wolf',
  'monster.bandit.name': 'Bandit',
  'monster.marsh_hag.name': 'Marsh hag',
  'monster.bear.name': 'Bear',
  'monster.pack_leader.name': 'Pack leader',
  'monster.revenant.name': 'Revenant',
  'monster.ash_thrall.name': 'Ash thrall',
  'monster.gate_knight.name': 'Gate knight',
  'monster.titan_guard.name': 'Titan’s Guard',
} as const;
