import { inPairs } from '../core/in-pairs.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import { type Side, type TechniqueId, type Zone, guards, zones } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import type { CombatAction } from './combat-action.ts';
import { emoteExchange, offeredEmotes } from './emotes.ts';
import { factsOf } from './rules/rule-facts.ts';
import { rulesOf } from './rules/rules-of.ts';
import { isDuel } from './side-kind.ts';

type Row = Button<CombatAction>[];

/**
 * Techniques, strikes, guards: in the order of the taps, since strike and guard complete a move. The
 * same keys in the same places in every round. A chosen key shows ✅ in place of its icon.
 */
export function battleKeyboard(record: BattleRecord, side: Side): Row[] {
  return [
    ...inPairs(techniqueKeys(record, side)),
    ...inPairs(strikeKeys(record, side)),
    [...guardKeys(record, side), opponentKey(record)],
  ];
}

function strikeKeys(record: BattleRecord, side: Side): Row {
  const chosen = record.sides[side].draft.strike;
  return zones.map((zone) => ({
    label: strikeLabel(zone, record.battle.rules, zone === chosen),
    action: 'battle.strike' as const,
    value: { ...turnOf(record), zone },
  }));
}

function strikeLabel(zone: Zone, rules: number, isChosen: boolean): Text {
  const { damage, stamina: cost } = factsOf(rules).zones[zone];
  const key = isChosen ? 'battle.button.strike.chosen' : 'battle.button.strike';
  return text(key, { zone: text(`combat.zone.${zone}`), damage, cost });
}

function guardKeys(record: BattleRecord, side: Side): Row {
  const chosen = record.sides[side].draft.guard;
  return guards.map((guard) => ({
    label: text(guard === chosen ? 'battle.button.guard.chosen' : 'battle.button.guard', {
      guard: text(`combat.guard.${guard}`),
    }),
    action: 'battle.guard' as const,
    value: { ...turnOf(record), guard },
  }));
}

function techniqueKeys(record: BattleRecord, side: Side): Row {
  const usable = new Set(rulesOf(record.battle.rules).legalTechniques(record.battle, side));
  const chosen = record.sides[side].draft.technique;
  return record.sheets[side].techniques.map((technique) => ({
    label: techniqueLabel(record, side, { technique, isUsable: usable.has(technique) }),
    action: 'battle.technique' as const,
    // A second tap deselects the technique.
    value: { ...turnOf(record), technique: technique === chosen ? null : technique },
  }));
}

function techniqueLabel(
  { battle, sides }: BattleRecord,
  side: Side,
  { technique, isUsable }: { readonly technique: TechniqueId; readonly isUsable: boolean },
): Text {
  const name = text(`combat.technique.${technique}.name`);
  if (isUsable && sides[side].draft.technique === technique)
    return text('battle.button.technique.chosen', { name });
  const resting = battle.fighters[side].lastTechnique === technique;
  if (!isUsable)
    return text(`battle.button.technique.${resting ? 'resting' : 'unaffordable'}`, { name });
  return pricedLabel(technique, battle.rules);
}

/** Its name and what it costs. */
export function pricedLabel(technique: TechniqueId, rules: number): Text {
  const name = text(`combat.technique.${technique}.name`);
  const { stamina, mp } = rulesOf(rules).costOf(technique) ?? { stamina: 0, mp: 0 };
  const [key, cost]: [TextKey, number] =
    stamina > 0 ? ['battle.button.technique.stamina', stamina] : ['battle.button.technique.mp', mp];
  return cost > 0 ? text(key, { name, cost }) : text('battle.button.technique.free', { name });
}

/** Leads to the opponent's card, where a player can surrender, and send emotes to a person. */
function opponentKey(record: BattleRecord): Button<CombatAction> {
  const value = { battleId: record.id };
  const label = text(isDuel(record) ? 'battle.button.opponent.duel' : 'battle.button.opponent');
  return { label, action: 'battle.opponent', value };
}

/** The emotes that a side can send now, in one row; also after the end. */
export function emoteRows(record: BattleRecord, side: Side): Row[] {
  const sent = { battleId: record.id, exchange: emoteExchange(record) };
  const keys = offeredEmotes(record, side).map((emote) => ({
    label: text(`battle.emote.${emote}`),
    action: 'battle.emote' as const,
    value: { ...sent, emote },
  }));
  return keys.length === 0 ? [] : [keys];
}

function turnOf({ id, battle }: BattleRecord): { battleId: string; turn: number } {
  return { battleId: id, turn: battle.turn };
}
