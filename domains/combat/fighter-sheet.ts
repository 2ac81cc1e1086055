import type { Stats, Vital } from '../account/account-context.ts';
import type { CharacterSheet } from '../account/character-sheet.ts';
import type { FighterSheet } from './battle.ts';
import { CURRENT_RULES, rulesOf } from './rules/rules-of.ts';

/**
 * What a character brings into a duel: of what they know, what the rules know too. The arena's healer
 * sees to them first: vitals are full.
 */
export function fighterSheetOf({
  archetype,
  attributes,
  stats,
  techniques,
}: CharacterSheet): FighterSheet {
  const rules = rulesOf(CURRENT_RULES);
  return {
    archetype: archetype ?? 'warrior',
    attributes,
    stats: healed(stats),
    techniques: techniques.filter((technique) => rules.costOf(technique) !== null),
  };
}

function healed({ hp, mp, stamina }: Stats): Stats {
  return { hp: filled(hp), mp: filled(mp), stamina: filled(stamina) };
}

function filled({ max }: Vital): Vital {
  return { cur: max, max };
}
