import { archetypeName } from '../account/account-screens.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { Side } from './battle.ts';
import { emoteRows } from './battle-keyboard.ts';
import type { BattleRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import { recordLines, strengthLine, techniqueLines } from './character-lines.ts';
import type { CombatAction } from './combat-action.ts';
import { hasSentEmote, latestEmote } from './emotes.ts';
import { levelledLine, nameOf, vitalLines } from './fighter-lines.ts';
import { matchingLines, opponentRatingLine } from './match-lines.ts';
import { opponentLeagueLine } from './ladder-lines.ts';
import type { ProfileAction } from './profile-action.ts';
import { levelOfShadow } from './shadow.ts';
import { kindOfSide } from './side-kind.ts';
import { shadowLines } from './training-lines.ts';

/** The opponent at the start of the battle: what a player may know of them. `isBlocked`: never met again. */
export function opponentScreen(
  record: BattleRecord,
  side: Side,
  isBlocked = false,
): UiPayload<CombatAction | ProfileAction> {
  const other = otherSide(side);
  const { standing } = record.sides[other];
  const value = { battleId: record.id };
  return {
    screen: isBlocked ? 'opponent.blocked' : 'opponent',
    mode: record.mode,
    title: titleOf(record, other),
    body: [
      ...strengthLines(record, other),
      ...(standing === null ? [] : recordLines(standing)),
      ...opponentRatingLine(record, side),
      ...opponentLeagueLine(record.sides[other]),
      ...matchingLines(record, side),
      ...levelledLine(record.sides, side),
      text('battle.clock', { at: { atMs: record.turnEndsAtMs } }),
      ...sentLine(record, side),
      ...(isBlocked ? [text('battle.blocked')] : []),
      ...shadowLines(record, side),
      ...knownTechniques(record, other),
    ],
    buttons: [
      ...emoteRows(record, side),
      [
        { label: text('battle.button.back'), action: 'battle.look', value, style: 'primary' },
        ...profileButton(record.sides[other].charId, value),
      ],
      [
        ...blockButton(record.sides[other].userId, { isBlocked, value }),
        { label: text('battle.button.surrender'), action: 'battle.surrender', value },
      ],
    ],
  };
}

/** Asks before the opponent is blocked. */
export function blockScreen(record: BattleRecord, side: Side): UiPayload<CombatAction> {
  const value = { battleId: record.id };
  return {
    screen: 'block',
    mode: record.mode,
    title: text('battle.block.title', { name: nameOf(record.sides[otherSide(side)]) }),
    body: [text('battle.block.body')],
    buttons: [
      [{ label: text('battle.block.no'), action: 'battle.opponent', value, style: 'primary' }],
      [
        {
          label: text('battle.block.yes'),
          action: 'battle.block_confirmed',
          value,
          style: 'danger',
        },
      ],
    ],
  };
}

/** Only a character has a profile. */
function profileButton(
  charId: number | null,
  value: { battleId: string },
): Button<ProfileAction>[] {
  if (charId === null) return [];
  return [{ label: text('profile.button.profile'), action: 'profile.opponent', value }];
}

/** Only a player can be blocked. */
function blockButton(
  userId: number | null,
  { isBlocked, value }: { readonly isBlocked: boolean; readonly value: { battleId: string } },
): Button<CombatAction>[] {
  if (userId === null) return [];
  return isBlocked
    ? [{ label: text('battle.button.unblock'), action: 'battle.unblock', value }]
    : [{ label: text('battle.button.block'), action: 'battle.block', value }];
}

/** A monster has no GearScore. */
function strengthLines({ sides, sheets }: BattleRecord, side: Side): Text[] {
  const { stats } = sheets[side];
  if (kindOfSide(sides[side]) === 'monster') return vitalLines(stats);
  return [strengthLine({ gs: sides[side].gs, stats })];
}

function titleOf({ sides, sheets }: BattleRecord, side: Side): Text {
  if (kindOfSide(sides[side]) === 'monster')
    return text('battle.monster.title', { name: nameOf(sides[side]) });
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
  const isNovice = kindOfSide(sides[side]) === 'shadow' && levelOfShadow(sheets[side]) === 'novice';
  if (isNovice || techniques.length === 0) return [];
  const title = text('account.character.techniques');
  return [title, ...techniqueLines(techniques, battle.rules)];
}
