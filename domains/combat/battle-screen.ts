import type { Stats } from '../account/account-context.ts';
import { archetypeName } from '../account/account-screens.ts';
import { type Text, type TextArg, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import { type Battle, type Side, type TechniqueId, guards, zones } from './battle.ts';
import type { BattleRecord, SideRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import type { CombatAction } from './combat-action.ts';
import { narrate } from './narration.ts';
import { rulesOf } from './rules/rules-of.ts';

type Row = Button<CombatAction>[];

/** A running battle as one of its sides sees it. */
export function battleScreen(record: BattleRecord, side: Side): UiPayload<CombatAction> {
  return {
    screen: 'battle',
    mode: record.mode,
    title: text('battle.title', { turn: record.battle.turn }),
    body: [
      ...fighterLines(record, side),
      null,
      ...exchangeLines(record, side),
      null,
      ...choiceLines(record, side),
    ],
    buttons: isLocked(record, side) ? lockedKeyboard(record) : choiceKeyboard(record, side),
  };
}

export function surrenderScreen(record: BattleRecord): UiPayload<CombatAction> {
  const value = { battleId: record.id };
  return {
    screen: 'surrender',
    mode: record.mode,
    title: text('battle.surrender.title'),
    body: [text('battle.surrender.body'), clockLine(record)],
    buttons: [
      [{ label: text('battle.surrender.no'), action: 'battle.look', value, style: 'primary' }],
      [
        {
          label: text('battle.surrender.yes'),
          action: 'battle.surrender_confirmed',
          value,
          style: 'danger',
        },
      ],
    ],
  };
}

/** Fields that running and archived battles have in common. */
type ShownSide = Pick<SideRecord, 'charId' | 'name' | 'gs'>;
type ShownSides = readonly [ShownSide, ShownSide];

interface ShownBattle {
  readonly sides: ShownSides;
  readonly battle: Pick<Battle, 'fighters'>;
}

export function nameOf({ charId, name }: Pick<ShownSide, 'charId' | 'name'>): TextArg {
  return charId === null ? text('battle.shadow_of', { name }) : name;
}

/** Both names in order, with marks for the own side and the opponent of `side`. */
export function markedNames(sides: ShownSides, side: Side): readonly [Text, Text] {
  const marked = (one: Side) =>
    text(one === side ? 'battle.marked.own' : 'battle.marked.other', { name: nameOf(sides[one]) });
  return [marked(0), marked(1)];
}

/** The own fighter first. */
export function fighterLines(battle: ShownBattle, side: Side): Text[] {
  return [...oneFighter(battle, side, true), ...oneFighter(battle, otherSide(side), false)];
}

export function vitalLines({ hp, mp, stamina }: Stats): Text[] {
  const rest = { mp: mp.cur, mpMax: mp.max, stamina: stamina.cur, staminaMax: stamina.max };
  return [text('battle.vitals.hp', { hp }), text('battle.vitals.rest', rest)];
}

/** The last exchange in words; before the first one, who the opponent is. */
export function exchangeLines(record: BattleRecord, side: Side): Text[] {
  if (record.inputs.length === 0) return [opening(record, side)];
  const names = markedNames(record.sides, side);
  return record.lastEvents.map((event) => narrate(event, names));
}

function oneFighter({ sides, battle }: ShownBattle, side: Side, own: boolean): Text[] {
  const { archetype, stats } = battle.fighters[side];
  return [
    text(own ? 'battle.fighter.own' : 'battle.fighter.other', {
      name: nameOf(sides[side]),
      archetype: archetypeName(archetype, null),
      gs: sides[side].gs,
    }),
    ...vitalLines(stats),
  ];
}

function opening(record: BattleRecord, side: Side): Text {
  const opponent = record.sides[otherSide(side)];
  const key = opponent.charId === null ? 'battle.opening.shadow' : 'battle.opening.duel';
  return text(key, { name: nameOf(opponent), gs: opponent.gs });
}

function isLocked(record: BattleRecord, side: Side): boolean {
  return record.sides[side].choice !== null;
}

function choiceLines(record: BattleRecord, side: Side): Text[] {
  const { strike, guard, technique } = record.sides[side].draft;
  const none = text('battle.choice.none');
  const chosen = text('battle.choice', {
    strike: strike === null ? none : text(`combat.zone.${strike}`),
    guard: guard === null ? none : text(`combat.guard.${guard}`),
  });
  const lines = [chosen];
  if (technique !== null) {
    const name = text(`combat.technique.${technique}.name`);
    const hint = text(`combat.technique.${technique}.hint`);
    lines.push(text('battle.choice.technique', { technique: name, hint }));
  }
  if (isLocked(record, side)) lines.push(text('battle.choice.locked'));
  return [...lines, clockLine(record)];
}

function clockLine(record: BattleRecord): Text {
  return text('battle.clock', { at: { atMs: record.turnEndsAtMs } });
}

function choiceKeyboard(record: BattleRecord, side: Side): Row[] {
  return [
    strikeRow(record, side),
    guardRow(record, side),
    ...techniqueRows(record, side),
    lastRow(record),
  ];
}

function lockedKeyboard(record: BattleRecord): Row[] {
  const value = { battleId: record.id };
  return [[{ label: text('battle.button.look'), action: 'battle.look', value }], lastRow(record)];
}

function strikeRow(record: BattleRecord, side: Side): Row {
  const chosen = record.sides[side].draft.strike;
  return zones.map((zone) => ({
    label: mark(
      text('battle.button.strike', { zone: text(`combat.zone.${zone}`) }),
      zone === chosen,
    ),
    action: 'battle.strike' as const,
    value: { battleId: record.id, turn: record.battle.turn, zone },
  }));
}

function guardRow(record: BattleRecord, side: Side): Row {
  const chosen = record.sides[side].draft.guard;
  return guards.map((guard) => ({
    label: mark(
      text('battle.button.guard', { guard: text(`combat.guard.${guard}`) }),
      guard === chosen,
    ),
    action: 'battle.guard' as const,
    value: { battleId: record.id, turn: record.battle.turn, guard },
  }));
}

/** All techniques, always in the same places: buttons that move lead to wrong taps. */
function techniqueRows(record: BattleRecord, side: Side): Row[] {
  const usable = new Set(rulesOf(record.battle.rules).legalTechniques(record.battle, side));
  const buttons = record.sheets[side].techniques.map((technique) =>
    techniqueButton(record, side, { technique, usable: usable.has(technique) }),
  );
  return buttons.flatMap((_, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []));
}

function techniqueButton(
  record: BattleRecord,
  side: Side,
  { technique, usable }: { technique: TechniqueId; usable: boolean },
): Button<CombatAction> {
  const chosen = record.sides[side].draft.technique === technique;
  const label = techniqueLabel(technique, record.battle.rules);
  const resting = record.battle.fighters[side].lastTechnique === technique;
  const unusable = resting ? 'battle.button.resting' : 'battle.button.unaffordable';
  return {
    label: usable ? mark(label, chosen) : text(unusable, { label }),
    action: 'battle.technique',
    // A second tap deselects the technique.
    value: { battleId: record.id, turn: record.battle.turn, technique: chosen ? null : technique },
  };
}

/** Its name and what it costs. */
export function techniqueLabel(
  technique: TechniqueId,
  rules: BattleRecord['battle']['rules'],
): Text {
  const { stamina, mp } = rulesOf(rules).costOf(technique) ?? { stamina: 0, mp: 0 };
  const name = text(`combat.technique.${technique}.name`);
  if (stamina > 0) return text('battle.button.technique.stamina', { name, cost: stamina });
  return mp > 0 ? text('battle.button.technique.mp', { name, cost: mp }) : name;
}

function lastRow(record: BattleRecord): Row {
  const value = { battleId: record.id };
  return [{ label: text('battle.button.surrender'), action: 'battle.surrender', value }];
}

function mark(label: Text, chosen: boolean): Text {
  return chosen ? text('battle.button.chosen', { label }) : label;
}
