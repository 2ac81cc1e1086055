import type { Attributes, Stats, Vital } from './account-context.ts';

/**
 * A rested character's vitals. Eight points in everything make 100 health, 50 mana and
 * 100 stamina:
 * hp = 20 + 4 endurance + 2 strength + 2 men + agility + wisdom,
 * mp = 2 + 3 wisdom + 2 intelligence + men,
 * stamina = 60 + 4 endurance + agility.
 */
export function vitalsFor(attributes: Readonly<Attributes>): Stats {
  const { strength, agility, endurance, intelligence, wisdom, men } = attributes;
  return {
    hp: full(20 + 4 * endurance + 2 * strength + 2 * men + agility + wisdom),
    mp: full(2 + 3 * wisdom + 2 * intelligence + men),
    stamina: full(60 + 4 * endurance + agility),
  };
}

function full(max: number): Vital {
  return { cur: max, max };
}
