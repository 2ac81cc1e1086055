import type { Vital } from '../account/account-context.ts';
import type { CharacterSheet } from '../account/character-sheet.ts';
import type { FighterSheet } from './battle.ts';
import { CURRENT_RULES, rulesOf } from './rules/rules-of.ts';

/** A character at the start of a battle: full vitals, and the techniques that the rules know. */
export function fighterSheetOf(character: CharacterSheet): FighterSheet {
  const { archetype, attributes, stats, techniques } = character;
  const rules = rulesOf(CURRENT_RULES);
  return {
    archetype: archetype ?? 'warrior',
    attributes,
    stats: { hp: full(stats.hp), mp: full(stats.mp), stamina: full(stats.stamina) },
    techniques: techniques.filter((technique) => rules.costOf(technique) !== null),
  };
}

function full({ max }: Vital): Vital {
  return { cur: max, max };
}
