import { type Text, text } from '../core/text.ts';
import type { ShadowLevel, Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';
import { levelOfShadow } from './shadow.ts';
import { kindOfBattle } from './side-kind.ts';
import { trainingHint } from './training-hint.ts';

/** Level and handicap of the Shadow, for the screen before the first exchange; nothing in other battles. */
export function shadowLines(record: BattleRecord, side: Side): Text[] {
  if (!isTraining(record)) return [];
  const other = otherSide(side);
  const sheet = record.sheets[other];
  const { hp } = sheet.stats;
  return levelLines(levelOfShadow(sheet), hp.cur / Math.max(hp.max, 1));
}

/** In training, what the player could have answered in the last two exchanges; else null. */
export function trainingHintLine(record: BattleRecord, side: Side): Text | null {
  const hint = isTraining(record) ? trainingHint(record.inputs, side) : null;
  if (hint === null) return null;
  return hint.kind === 'guard'
    ? text(`battle.hint.guard.${hint.guard}`)
    : text(`battle.hint.strike.${hint.zone}`);
}

function isTraining(record: BattleRecord): boolean {
  return kindOfBattle(record) === 'shadow';
}

/** A level in words, and its handicap if it has one. */
export function levelLines(level: ShadowLevel, health: number): Text[] {
  const about = text('arena.training.about', {
    level: text(`arena.training.level.${level}`),
    about: text(`arena.training.about.${level}`),
  });
  if (health >= 1) return [about];
  return [about, text('arena.training.handicap', { percent: Math.round(100 * health) })];
}
