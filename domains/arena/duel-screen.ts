import { battleScreen } from '../combat/battle-screen.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { type ArenaPayload, resultScreen } from './arena-screens.ts';

/** A running battle's screen, or its result once it has ended. */
export function duelScreen(record: BattleRecord, side: Side): ArenaPayload {
  const screen =
    record.endedAtMs === null ? battleScreen(record, side) : resultScreen(record, side);
  return { ...screen, state: { of: record.id, version: record.version } };
}
