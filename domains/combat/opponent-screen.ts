import { archetypeName } from '../account/account-screens.ts';
import { type Text, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { Side } from './battle.ts';
import { emoteRows } from './battle-keyboard.ts';
import type { BattleRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import { recordLines, strengthLine, techniqueLines } from './character-lines.ts';
import type { CombatAction } from './combat-action.ts';
import { hasSentEmote, latestEmote } from './emotes.ts';
import { levelledLine, nameOf } from './fighter-lines.ts';
import { matchingLines, opponentRatingLine } from './match-lines.ts';
import { opponentLeagueLine } from './ladder-lines.ts';
import { levelOfShadow } from './shadow.ts';
import { shadowLines } from './training-lines.ts';

/** The opponent at the start of the battle: what a player may know of them. */
export function opponentScreen(record: BattleRecord, side: Side): UiPayload<CombatAction> {
  const other = otherSide(side);
  const { gs, standing } = record.sides[other];
  const { stats } = record.sheets[other];
  const value = { battleId: record.id };
  return {
    screen: 'opponent',
    mode: record.mode,
    title: titleOf(record, other),
    body: [
      strengthLine({ gs, stats }),
      ...(standing === null ? [] : recordLines(standing)),
      ...opponentRatingLine(record, side),
      ...opponentLeagueLine(record.sides[other]),
      ...matchingLines(record, side),
      ...levelledLine(record.sides, side),
      text('battle.clock', { at: { atMs: record.turnEndsAtMs } }),
      ...sentLine(record, side),
      ...shadowLines(record, side),
      ...knownTechniques(record, other),
    ],
    buttons: [
      ...emoteRows(record, side),
      [{ label: text('battle.button.back'), action: 'battle.look', value, style: 'primary' }],
      [{ label: text('battle.button.surrender'), action: 'battle.surrender', value }],
    ],
  };
}

function titleOf({ sides, sheets }: BattleRecord, side: Side): Text {
  const archetype = archetypeName(sheets[side].archetype, sides[side].gender);
  return text('account.character.title', { name: nameOf(sides[side]), archetype });
}

function sentLine(record: BattleRecord, side: Side): Text[] {
  const emote = hasSentEmote(record, side) ? latestEmote(record, side) : null;
  if (emote === null) return [];
  return [text('battle.emote.sent', { emote: text(`battle.emote.${emote}`) })];
}

/** A novice uses none. */
function knownTechniques({ sides, sheets, battle }: BattleRecord, side: Side): Text[] {
  const { techniques } = sheets[side];
  const isNovice = sides[side].charId === null && levelOfShadow(sheets[side]) === 'novice';
  if (isNovice || techniques.length === 0) return [];
  const title = text('account.character.techniques');
  return [title, ...techniqueLines(techniques, battle.rules)];
}
