import type { Clock } from '../core/clock.ts';
import type { BattleArchiver } from './battle-archiver.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleRecord } from './battle-record.ts';
import { isNewTurn, markSettled } from './battle-session.ts';
import type { BattleStore, SwapReply } from './battle-store.ts';
import type { Fighters, Release } from './fighters.ts';

export interface BattleChangesDeps {
  readonly battles: BattleStore;
  readonly archiver: Pick<BattleArchiver, 'save'>;
  readonly fighters: Pick<Fighters, 'release'>;
  readonly observer: BattleObserver;
  readonly clock: Clock;
}

/** The stored record after a change, or as it is if there was nothing to change. */
export interface Changed {
  readonly isChanged: boolean;
  readonly record: BattleRecord;
}

const FINISHED_TTL_S = 24 * 3600;
/** Two players and a timer compete for one record: more lost swaps in a row are a fault. */
const SWAP_TRIES = 20;
const SAVE_RETRY_MS = 10_000;
/** Until then this process finishes a battle alone: a check would show the result a second time. */
export const FINISH_MS = 5_000;

/** Stores the changes of battles, and what follows from the last one. */
export class BattleChanges {
  readonly #deps: BattleChangesDeps;

  constructor(deps: BattleChangesDeps) {
    this.#deps = deps;
  }

  /**
   * Applies a pure change to the stored record; null: there is no such battle. `known` may be outdated:
   * the record is read only if there is none, or nothing to change in it.
   */
  async change(
    battleId: string,
    change: (record: BattleRecord) => BattleRecord | null,
    known: BattleRecord | null = null,
  ): Promise<Changed | null> {
    const { battles } = this.#deps;
    let isOutdated = known !== null;
    let record = known ?? (await battles.get(battleId));
    for (let tries = 0; tries < SWAP_TRIES && record !== null; tries += 1) {
      const after = change(record);
      if (after === null && !isOutdated) return { isChanged: false, record };
      if (after === null) record = await battles.get(battleId);
      else {
        const swapped = await this.#swap(after, record);
        if (swapped.kind === 'swapped') return { isChanged: true, record: after };
        record = swapped.kind === 'stale' ? swapped.record : null;
      }
      isOutdated = false;
    }
    if (record === null) return null;
    throw new Error(`Battle ${battleId} was not changed: ${SWAP_TRIES} swaps in a row were lost`);
  }

  async #swap(after: BattleRecord, before: BattleRecord): Promise<SwapReply> {
    const { battles, clock, observer } = this.#deps;
    const ends = after.endedAtMs !== null && before.endedAtMs === null;
    // If this process dies after the swap, this check settles the battle, not the old timer.
    if (ends) await battles.scheduleCheck(after.id, clock.now() + FINISH_MS);
    const reply = await battles.swap(after);
    if (reply.kind !== 'swapped') {
      // The swap may have succeeded with its reply lost, and another check have set a later timer.
      if (ends) await battles.scheduleCheck(after.id, clock.now());
      return reply;
    }
    if (ends) await this.finish(after, before);
    else if (isNewTurn(after, before)) observer.battleMoved(after, before);
    else observer.choiceMade(after, before);
    return reply;
  }

  /** Saves the battle and releases both sides. Repeating it changes nothing. */
  async finish(record: BattleRecord, before: BattleRecord | null = null): Promise<void> {
    const { battles, archiver, observer } = this.#deps;
    // Saved before anybody is notified; after a failure the next check saves it.
    const isSaved = await archiver.save(record);
    const releases = await this.releaseBoth(record);
    const settled = markSettled(record);
    // Notified before the swap: if that fails, the next check finds both released and cannot do it.
    // A character that is seated elsewhere by now is not shown the end of this battle.
    const freed = ([0, 1] as const).filter((side) => releases[side] === 'freed');
    await Promise.all(freed.map((side) => observer.battleEnded(settled, side, before)));
    // The next check releases the rest.
    if (releases.includes('pending')) return;
    await battles.swap(settled);
    await this.close(record.id, isSaved);
  }

  async releaseBoth(record: BattleRecord): Promise<Release[]> {
    const { fighters } = this.#deps;
    return Promise.all(([0, 1] as const).map((side) => fighters.release(record, side)));
  }

  /** Lets the record of a saved battle expire; one that is not saved yet is checked again. */
  async close(battleId: string, isSaved: boolean): Promise<void> {
    const { battles, clock } = this.#deps;
    if (!isSaved) return battles.scheduleCheck(battleId, clock.now() + SAVE_RETRY_MS);
    await battles.expire(battleId, FINISHED_TTL_S);
    await battles.cancelCheck(battleId);
  }
}
