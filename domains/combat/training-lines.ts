import { type Text, text } from '../core/text.ts';
import type { FighterSheet, ShadowLevel, Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import { levelOfShadow } from './shadow.ts';
import { trainingHint } from './training-hint.ts';

/**
 * What a running fight against the Shadow shows beside the battle: its level and handicap before the
 * first exchange, then a hint where there is one. Nothing between people.
 */
export function trainingLines(record: BattleRecord, side: Side): Text[] {
  const other = side === 0 ? 1 : 0;
  if (record.sides[other].charId !== null || record.endedAtMs !== null) return [];
  if (record.inputs.length === 0) return shadowCard(record.sheets[other]);
  const hint = trainingHint(record.inputs, side);
  if (hint === null) return [];
  const { kind } = hint;
  return [
    text(kind === 'guard' ? `battle.hint.guard.${hint.guard}` : `battle.hint.strike.${hint.zone}`),
  ];
}

function shadowCard(sheet: FighterSheet): Text[] {
  const { hp } = sheet.stats;
  return [
    ...levelLines(levelOfShadow(sheet), hp.cur / Math.max(hp.max, 1)),
    text('battle.result.training'),
  ];
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
