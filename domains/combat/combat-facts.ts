import { type Text, text } from '../core/text.ts';
import { type Guard, type Zone, guards, zones } from './battle.ts';
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

/** The paragraphs of the help about zones, guards and effects. */
export function combatHelp(rules: number = CURRENT_RULES): (Text | null)[] {
  return [
    text('combat.facts.zones'),
    ...zones.map((zone) => zoneFacts(zone, rules)),
    ...guards.map((guard) => guardFacts(guard, rules)),
    null,
    text('combat.facts.effects'),
    ...effectFacts(rules),
  ];
}

function effectFacts(rules: number): Text[] {
  const { dazed, winded, daunted, fury } = factsOf(rules).effects;
  return [
    text('combat.facts.dazed', { sign: text('combat.sign.dazed'), ...dazed }),
    text('combat.facts.winded', { sign: text('combat.sign.winded'), ...winded }),
    text('combat.facts.hobbled', { sign: text('combat.sign.hobbled') }),
    text('combat.facts.daunted', { sign: text('combat.sign.daunted'), ...daunted }),
    text('combat.facts.fury', { sign: text('combat.sign.fury'), ...fury }),
  ];
}
