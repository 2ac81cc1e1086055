import type { Attributes, Stats, Vital } from './account-context.ts';

export type VitalChange = (vital: Vital) => Vital;

/**
 * Full vitals; eight points in everything make hp 100, mp 50, stamina 100:
 * hp = 20 + 3 endurance + 3 men + strength + agility + wisdom + luck,
 * mp = 2 + 3 wisdom + 2 intelligence + men,
 * stamina = 60 + 4 endurance + agility.
 */
export function vitalsFor(attributes: Readonly<Attributes>): Stats {
  const { strength, agility, endurance, intelligence, wisdom, men, luck } = attributes;
  return {
    hp: full(20 + 3 * endurance + 3 * men + strength + agility + wisdom + luck),
    mp: full(2 + 3 * wisdom + 2 * intelligence + men),
    stamina: full(60 + 4 * endurance + agility),
  };
}

export function damaged({ cur, max }: Vital, points: number): Vital {
  return { cur: Math.max(0, cur - points), max };
}

export function healed({ cur, max }: Vital, points: number): Vital {
  return { cur: Math.min(max, cur + points), max };
}

function full(max: number): Vital {
  return { cur: max, max };
}
