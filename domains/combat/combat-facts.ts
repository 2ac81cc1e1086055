import { type Text, text } from '../core/text.ts';
import { effectIds } from '../../resources/numbers/techniques.ts';
import { type EffectId, type Guard, type Zone, guards, zones } from './battle.ts';
import { factsOf } from './rules/rule-facts.ts';
import { CURRENT_RULES } from './rules/rules-of.ts';

/** What a strike at the zone does, from the numbers of the rules. */
export function zoneFacts(zone: Zone, rules: number): Text {
  const { damage, miss, stamina, effect, control } = factsOf(rules).zones[zone];
  const numbers = { zone: text(`combat.zone.${zone}`), damage, miss, stamina };
  if (effect === null) return text('combat.facts.zone', numbers);
  const caused = { effect: text(`combat.effect.${effect}`), chance: control };
  return text('combat.facts.zone.effect', { ...numbers, ...caused });
}

export function guardFacts(guard: Guard, rules: number): Text {
  return text('combat.facts.guard', {
    guard: text(`combat.guard.${guard}`),
    zones: text(`combat.covers.${guard}`),
    stamina: factsOf(rules).guards[guard],
  });
}

/** What a move does for which the stamina is not enough. */
export function tiredFacts(rules: number): Text {
  return text('combat.facts.tired', factsOf(rules).tired);
}

/** The paragraphs of the help about zones, guards and effects. */
export function combatHelp(rules: number = CURRENT_RULES): (Text | null)[] {
  return [
    text('combat.facts.zones'),
    ...zones.map((zone) => zoneFacts(zone, rules)),
    ...guards.map((guard) => guardFacts(guard, rules)),
    tiredFacts(rules),
    null,
    text('combat.facts.effects'),
    ...effectIds.map((effect) => effectFacts(effect, rules)),
  ];
}

/** What an effect does to the fighter that has it. */
export function effectFacts(effect: EffectId, rules: number): Text {
  const { effects } = factsOf(rules);
  const sign = text(`combat.sign.${effect}`);
  if (effect === 'hobbled') return text('combat.facts.hobbled', { sign });
  return text(`combat.facts.${effect}`, { sign, ...effects[effect] });
}
