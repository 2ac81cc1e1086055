import { effectIds } from '../../resources/numbers/techniques.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { Move, Side } from './battle.ts';
import { battleKeyboard } from './battle-keyboard.ts';
import type { BattleRecord, SideRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import type { CombatAction } from './combat-action.ts';
import { effectFacts, guardFacts, tiredFacts, zoneFacts } from './combat-facts.ts';
import { latestEmote } from './emotes.ts';
import { techniquesLine } from './character-lines.ts';
import { dotOf, fighterLines, joined, readerOf } from './fighter-lines.ts';
import { opponentRatingLine } from './match-lines.ts';
import { exchangeLines, lastFought } from './narration.ts';
import { factsOf } from './rules/rule-facts.ts';
import { rulesOf } from './rules/rules-of.ts';
import { isDuel, isWild, kindOfSide } from './side-kind.ts';
import { shadowLines, trainingHintLine } from './training-lines.ts';

/** Of the opponent's moves. */
const SHOWN_HABITS = 3;

/** A running battle as one of its sides sees it: at most 12 lines of text and 5 rows of keys. */
export function battleScreen(record: BattleRecord, side: Side): UiPayload<CombatAction> {
  return {
    screen: 'battle',
    mode: record.mode,
    title: titleOf(record, side),
    body: [
      ...fighterLines(record, side),
      null,
      ...(record.inputs.length === 0 ? openingLines(record, side) : pastLines(record, side)),
      null,
      hintLine(record, side),
    ],
    buttons: battleKeyboard(record, side),
  };
}

export function surrenderScreen(record: BattleRecord): UiPayload<CombatAction> {
  const value = { battleId: record.id };
  return {
    screen: 'surrender',
    mode: record.mode,
    title: text('battle.surrender.title'),
    body: [
      text(isWild(record) ? 'battle.surrender.body.wild' : 'battle.surrender.body'),
      text('battle.clock', { at: { atMs: record.turnEndsAtMs } }),
    ],
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

/** Round, clock, whether the opponent has chosen, and their emote; only people have to choose. */
function titleOf(record: BattleRecord, side: Side): Text {
  const { turn } = record.battle;
  const at = { atMs: record.turnEndsAtMs };
  const { choice } = record.sides[otherSide(side)];
  if (!isDuel(record)) return text('battle.title', { turn, at });
  const opponent = text(choice === null ? 'battle.opponent.thinking' : 'battle.opponent.chosen');
  const emote = latestEmote(record, otherSide(side));
  if (emote === null) return text('battle.title.duel', { turn, at, opponent });
  const said = { opponent, emote: text(`battle.emote.${emote}`) };
  return text('battle.title.duel', { turn, at, opponent: text('battle.opponent.says', said) });
}

function openingLines(record: BattleRecord, side: Side): Text[] {
  const other = otherSide(side);
  const opponent = record.sides[other];
  const guards = text('battle.opening.guards');
  const techniques = techniquesLine(record.sheets[other].techniques, record.battle.rules);
  const kind = kindOfSide(opponent);
  if (kind === 'shadow') return [...shadowLines(record, side), guards];
  if (kind === 'monster') return [...techniques, guards];
  const rating = opponentRatingLine(record, side);
  return [
    withRemoved(introLine(opponent), record, side),
    ...rating,
    ...techniques,
    // There is no room for both; the first fight, against the Shadow, has told what guards cover.
    ...(rating.length === 0 ? [guards] : []),
  ];
}

function introLine({ gs, standing }: SideRecord): Text {
  const facts = { dot: text('battle.dot.other'), gs };
  if (standing === null) return text('battle.opening.duel', facts);
  return text('battle.opening.duel.record', { ...facts, won: standing.won, lost: standing.lost });
}

/** With the points that each side sets aside; the opponent's card says it in words. */
function withRemoved(line: Text, { sides }: BattleRecord, reader: Side): Text {
  const marks = [reader, otherSide(reader)].flatMap((side) => {
    const { pointsRemoved: points } = sides[side];
    return points === 0
      ? []
      : [text('battle.levelled.mark', { dot: dotOf(side, { side: reader }), points })];
  });
  const removed = joined('combat.signs', marks);
  return removed === null ? line : text('battle.opening.levelled', { line, removed });
}

/** The last exchange, and the opponent's latest choices. */
function pastLines(record: BattleRecord, side: Side): Text[] {
  const fought = lastFought(record.inputs, record.lastEvents);
  const reader = readerOf(record.sides, side);
  return [...exchangeLines(fought, reader), habitsLine(movesOf(record, otherSide(side)))];
}

function movesOf({ inputs }: BattleRecord, side: Side): Move[] {
  return inputs.flatMap((input) => (input.kind === 'exchange' ? [input.moves[side]] : []));
}

function habitsLine(moves: readonly Move[]): Text {
  const latest = moves.slice(-SHOWN_HABITS);
  return text('battle.habits', {
    strikes: inSequence(latest.map(({ strike }) => text(`combat.brief.${strike}`))),
    guards: inSequence(latest.map(({ guard }) => text(`combat.guarding.${guard}`))),
  });
}

function inSequence(all: readonly Text[]): Text | string {
  const [first = '', ...later] = all;
  return later.reduce<Text | string>(
    (before, last) => text('battle.sequence', { before, last }),
    first,
  );
}

/** One paragraph that helps with the next tap. */
function hintLine(record: BattleRecord, side: Side): Text {
  const { draft, choice, idleTurns } = record.sides[side];
  const { rules } = record.battle;
  if (choice !== null) return text('battle.hint.complete');
  if (isTiring(record, side)) return tiredFacts(rules);
  if (draft.technique !== null) {
    const technique = text(`combat.technique.${draft.technique}.name`);
    const hint = text(`combat.technique.${draft.technique}.hint`);
    return text('battle.hint.technique', { technique, hint });
  }
  if (draft.strike !== null)
    return text('battle.hint.then_guard', { facts: zoneFacts(draft.strike, rules) });
  if (draft.guard !== null)
    return text('battle.hint.then_strike', { facts: guardFacts(draft.guard, rules) });
  if (idleTurns > 0) return text('battle.hint.late', { left: record.maxIdleTurns - idleTurns });
  return trainingHintLine(record, side) ?? effectLine(record, side) ?? text(hintOf(record));
}

/** In the wild there is no crowd, but its rules are the same. */
function hintOf(record: BattleRecord): TextKey {
  const { rules, turn } = record.battle;
  if (turn < factsOf(rules).crowd.fromTurn) return 'battle.hint.choose';
  return isWild(record) ? 'battle.hint.crowd.wild' : 'battle.hint.crowd';
}

/** Whether the strike and the technique chosen so far take more stamina than there is, with any guard. */
function isTiring({ battle, sides }: BattleRecord, side: Side): boolean {
  const { strike, guard, technique } = sides[side].draft;
  if (strike === null) return false;
  const { zones, guards } = factsOf(battle.rules);
  const guarding = guard === null ? Math.min(...Object.values(guards)) : guards[guard];
  const used = technique === null ? 0 : (rulesOf(battle.rules).costOf(technique)?.stamina ?? 0);
  return used + zones[strike].stamina + guarding > battle.fighters[side].stats.stamina.cur;
}

/** What the first effect on the reader does, or else on the opponent; null: there is none. */
function effectLine({ battle }: BattleRecord, side: Side): Text | null {
  const active = [side, otherSide(side)].flatMap((of) =>
    effectIds
      .filter((id) => battle.fighters[of].effects[id] > 0)
      .map((id) =>
        text('battle.hint.effect', {
          dot: dotOf(of, { side }),
          facts: effectFacts(id, battle.rules),
        }),
      ),
  );
  return active[0] ?? null;
}
