import { type Text, text } from '../core/text.ts';
import type { CharacterSheet } from '../account/character-sheet.ts';
import type { TechniqueId } from './battle.ts';
import { pricedLabel } from './battle-keyboard.ts';
import type { CharacterRecord } from './character-record.ts';
import { joined } from './fighter-lines.ts';

export function strengthLine({
  gs,
  stats: { hp, mp, stamina },
}: Pick<CharacterSheet, 'gs' | 'stats'>): Text {
  const maxima = { hp: hp.max, mp: mp.max, stamina: stamina.max };
  return text('account.character.strength', { gs, ...maxima });
}

export function recordLines({ won, lost, drawn, streak }: CharacterRecord): Text[] {
  if (won + lost + drawn === 0) return [text('account.character.record.none')];
  return [text('account.character.record', { won, lost, drawn }), ...streakLine(streak)];
}

function streakLine(streak: number): Text[] {
  if (Math.abs(streak) < 2) return [];
  const count = Math.abs(streak);
  return [text(`account.character.streak.${streak > 0 ? 'won' : 'lost'}`, { count })];
}

/** Each with its cost and what it does. */
export function techniqueLines(techniques: readonly TechniqueId[], rules: number): Text[] {
  return techniques.map((technique) =>
    text('account.character.technique', {
      name: pricedLabel(technique, rules),
      hint: text(`combat.technique.${technique}.hint`),
    }),
  );
}

/** Names and costs in one line; none without techniques. */
export function techniquesLine(techniques: readonly TechniqueId[], rules: number): Text[] {
  const names = joined(
    'combat.list',
    techniques.map((technique) => pricedLabel(technique, rules)),
  );
  return names === null ? [] : [text('battle.opening.techniques', { techniques: names })];
}
