import type { AccountContext, Stats } from '../account/account-context.ts';
import { AccountMissingError, type AccountStore } from '../account/account-store.ts';
import type { Log } from '../core/log.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import { LogOnce } from '../core/log-once.ts';
import type { BattleRecord } from './battle-record.ts';
import type { Side } from './battle.ts';
import { vitalsAfter } from './vitals-after.ts';
import type { SeatStore } from './lost-battle-cleanup.ts';

export interface FightersDeps {
  readonly accounts: Pick<AccountStore, 'changeAccount' | 'getSessions' | 'getFullAccount'>;
  /** Restores the saved session of a character without a live one. */
  readonly restore: (charId: number) => Promise<unknown>;
  readonly seats: Pick<SeatStore, 'freeSeat'>;
  readonly log: Log;
}

/** `pending`: not released yet. */
export type Release = 'freed' | 'elsewhere' | 'pending';

/** Moves the sessions of characters into a battle and out of it again. */
export class Fighters {
  readonly #deps: FightersDeps;
  readonly #logged = new LogOnce();

  constructor(deps: FightersDeps) {
    this.#deps = deps;
  }

  /** False if the character has no live session. */
  async seat(record: BattleRecord, side: Side): Promise<boolean> {
    const { charId } = record.sides[side];
    if (charId === null) return true;
    const { accounts, log } = this.#deps;
    try {
      await accounts.changeAccount(charId, (account) => seated(account, record));
      return true;
    } catch (error) {
      if (!(error instanceof AccountMissingError)) throw error;
      log.warn({ charId, battleId: record.id }, 'fighter has no live session');
      return false;
    }
  }

  /** Restores the state, writes the vitals and frees the seat. Repeating it changes nothing. */
  async release(record: BattleRecord, side: Side): Promise<Release> {
    const { charId } = record.sides[side];
    if (charId === null) return 'elsewhere';
    try {
      await this.#restoreSession(record, side, charId);
    } catch (error) {
      // The newer release that wrote the session handles it; the store has logged it.
      if (error instanceof NewerRecordError) return 'pending';
      const facts = { charId, battleId: record.id, err: error };
      if (await this.#isRetryable(facts)) return 'pending';
    }
    return (await this.#deps.seats.freeSeat(charId, record.id)) ? 'freed' : 'elsewhere';
  }

  async #isRetryable(facts: {
    readonly charId: number;
    readonly battleId: string;
    readonly err: unknown;
  }): Promise<boolean> {
    const { accounts, log } = this.#deps;
    // A session that can be read can be written as soon as the store accepts writes.
    if ((await accounts.getFullAccount(facts.charId).catch(() => 'unavailable')) !== null) {
      if (this.#logged.isFirst(`${facts.battleId} ${facts.charId} ${String(facts.err)}`))
        log.warn(facts, 'fighter release failed');
      return true;
    }
    // One side's broken session must not keep the other side in a battle that is over. A session that
    // another process has released and closed meanwhile needs nothing.
    if (!(facts.err instanceof AccountMissingError))
      log.error(facts, 'fighter session not restored');
    return false;
  }

  async #restoreSession(record: BattleRecord, side: Side, charId: number): Promise<void> {
    const { accounts, restore } = this.#deps;
    const live = await accounts.getSessions(charId);
    if (live === null) await restore(charId);
    const sessions = live ?? (await accounts.getSessions(charId));
    // No session of this battle any more: it has been released already.
    if (sessions?.combat_id !== record.id) return;
    await accounts.changeAccount(charId, (account) => released(account, record, side));
  }
}

/** The session keeps its vitals: those of the battle are in its record. */
function seated(account: AccountContext, { id }: BattleRecord): AccountContext {
  return { ...account, state: 'COMBAT', sessions: { ...account.sessions, combat_id: id } };
}

/** null: the session is not in this battle any more. */
function released(
  account: AccountContext,
  record: BattleRecord,
  side: Side,
): AccountContext | null {
  if (account.sessions.combat_id !== record.id) return null;
  return {
    ...account,
    state: record.sides[side].returnState,
    sessions: { ...account.sessions, combat_id: null },
    stats: withCurrent(account.stats, vitalsAfter(record, side)),
  };
}

function withCurrent({ hp, mp, stamina }: Stats, now: Stats): Stats {
  return {
    hp: { ...hp, cur: now.hp.cur },
    mp: { ...mp, cur: now.mp.cur },
    stamina: { ...stamina, cur: now.stamina.cur },
  };
}
