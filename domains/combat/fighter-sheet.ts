import type { AccountContext, Stats, Vital } from '../account/account-context.ts';
import { type FighterSheet, techniqueSchema } from './battle.ts';

const techniques = techniqueSchema.options;

/** What a character brings into a duel. The arena's healer sees to him first: vitals are full. */
export function fighterSheetOf(account: AccountContext): FighterSheet {
  return {
    archetype: account.bio.archetype ?? 'warrior',
    attributes: account.attributes,
    stats: healed(account.stats),
    techniques: techniques.filter((technique) => (account.skills[technique] ?? 0) > 0),
  };
}

function healed({ hp, mp, stamina }: Stats): Stats {
  return { hp: filled(hp), mp: filled(mp), stamina: filled(stamina) };
}

function filled({ max }: Vital): Vital {
  return { cur: max, max };
}
