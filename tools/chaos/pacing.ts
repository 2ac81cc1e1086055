import type { TurnRules } from '../../domains/combat/battle-session.ts';
import type { Range } from './fault-plan.ts';
import type { BotSettings } from './supervised-bot.ts';

/** Of all players together, so that many players think longer. */
const TAPS_PER_S = 50;
const IDLE_TURNS = 2;

export interface Pacing {
  readonly thinkMs: Range;
  readonly rules: TurnRules;
  readonly settings: BotSettings;
}

/** Times of the game, short enough for everything to happen often, with time for two taps a turn. */
export function pacingFor(players: number): Pacing {
  const thinkMs = Math.max(800, (players / TAPS_PER_S) * 1000);
  const turnMs = thinkMs * 3;
  return {
    thinkMs: { min: thinkMs * 0.4, max: thinkMs * 1.6 },
    rules: { turnMs, maxIdleTurns: IDLE_TURNS },
    settings: {
      ARENA_TURN_S: String(turnMs / 1000),
      ARENA_IDLE_TURNS: String(IDLE_TURNS),
      ARENA_SHADOW_AFTER_S: '3',
      ARENA_WAVE_S: '0.5',
      ARENA_SAVE_S: '1',
    },
  };
}
