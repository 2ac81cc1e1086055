import type { AccountContext } from '../account/account-context.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Side } from './battle.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleRecord } from './battle-record.ts';
import { kindOfBattle } from './side-kind.ts';

export interface BattleRecorderDeps {
  readonly observer: BattleObserver;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Counts and logs battles, and passes everything on to another observer. */
export class BattleRecorder implements BattleObserver {
  readonly #deps: BattleRecorderDeps;

  constructor(deps: BattleRecorderDeps) {
    this.#deps = deps;
  }

  battleStarted(record: BattleRecord, isTapped: boolean): void {
    const { observer, metrics, log } = this.#deps;
    metrics.count('arena_battles_started_total', { kind: kindOfBattle(record) });
    log.debug(factsOf(record), 'battle started');
    observer.battleStarted(record, isTapped);
  }

  battleMoved(record: BattleRecord, before: BattleRecord): void {
    for (const side of [0, 1] as const) this.#countTimeout(record, before, side);
    this.#deps.observer.battleMoved(record, before);
  }

  choiceMade(record: BattleRecord, before: BattleRecord): void {
    this.#deps.observer.choiceMade(record, before);
  }

  battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): Promise<void> {
    if (before !== null) this.#countTimeout(record, before, side);
    // The first side is always a character's; of a battle it is released once.
    if (side === 0) this.#countEnd(record);
    return this.#deps.observer.battleEnded(record, side, before);
  }

  battleLost(session: AccountContext): void {
    this.#deps.observer.battleLost(session);
  }

  #countTimeout(record: BattleRecord, before: BattleRecord, side: Side): void {
    if (record.sides[side].idleTurns > before.sides[side].idleTurns)
      this.#deps.metrics.count('arena_turn_timeouts_total', {});
  }

  #countEnd(record: BattleRecord): void {
    const { metrics, log } = this.#deps;
    const { turn, outcome } = record.battle;
    const [kind, reason] = [kindOfBattle(record), outcome?.reason ?? 'unknown'];
    metrics.count('arena_battles_ended_total', { kind, reason });
    metrics.observe('arena_battle_turns', turn, { kind });
    log.debug({ ...factsOf(record), reason, winner: outcome?.winner, turn }, 'battle ended');
  }
}

function factsOf({ id, sides }: BattleRecord) {
  return { battleId: id, charIds: sides.map(({ charId }) => charId) };
}
