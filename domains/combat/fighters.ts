import type { AccountContext, Stats } from '../account/account-context.ts';
import { AccountMissingError, type AccountStore } from '../account/account-store.ts';
import type { Log } from '../core/log.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import { LogOnce } from '../core/log-once.ts';
import type { BattleRecord } from './battle-record.ts';
import type { Side } from './battle.ts';
import type { SeatStore } from './lost-battle-cleanup.ts';

export interface FightersDeps {
  readonly accounts: Pick<AccountStore, 'changeAccount' | 'getSessions' | 'getFullAccount'>;
  /** Opens the saved session of a character whose live one is gone. */
  readonly restore: (charId: number) => Promise<unknown>;
  readonly seats: Pick<SeatStore, 'freeSeat'>;
  readonly log: Log;
}

/** Whether a fighter has been let go; `held`: not yet. */
export type Release = 'freed' | 'elsewhere' | 'pending';

/** The characters of a battle, taken from the arena and given back to it. */
export class Fighters {
  readonly #deps: FightersDeps;
  readonly #logged = new LogOnce();

  constructor(deps: FightersDeps) {
    this.#deps = deps;
  }

  /** He is in this battle now, with the vitals that he brings. */
  async seat(record: BattleRecord, side: Side): Promise<void> {
    const { charId } = record.sides[side];
    if (charId === null) return;
    const { accounts, log } = this.#deps;
    try {
      await accounts.changeAccount(charId, (account) => seated(account, record, side));
    } catch (error) {
      if (!(error instanceof AccountMissingError)) throw error;
      log.warn(
        { charId, battleId: record.id },
        'the live session is gone; the battle goes on without it',
      );
    }
  }

  /** Gives back vitals, state and seat. Repeating it changes nothing. */
  async release(record: BattleRecord, side: Side): Promise<Release> {
    const { charId } = record.sides[side];
    if (charId === null) return 'elsewhere';
    try {
      await this.#giveBack(record, side, charId);
    } catch (error) {
      // Left for the release that wrote the session; the store has told of it, once.
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
    // A session that can be read whole can be written as well, as soon as the store takes writes.
    if ((await accounts.getFullAccount(facts.charId).catch(() => 'unavailable')) !== null) {
      if (this.#logged.isFirst(`${facts.battleId} ${facts.charId} ${String(facts.err)}`))
        log.warn(facts, 'a fighter could not be given back yet; the next wave tries again');
      return true;
    }
    // One side's broken session must not keep the other in a battle that is over. Whose session has
    // gone meanwhile, as by another's release and a farewell, has nothing to be given back.
    if (!(facts.err instanceof AccountMissingError))
      log.error(facts, 'a fighter could not be given back whole');
    return false;
  }

  async #giveBack(record: BattleRecord, side: Side, charId: number): Promise<void> {
    const { accounts, restore } = this.#deps;
    const live = await accounts.getSessions(charId);
    if (live === null) await restore(charId);
    const sessions = live ?? (await accounts.getSessions(charId));
    // Another battle's session, or none any more: this one has been given back already.
    if (sessions?.combat_id !== record.id) return;
    await accounts.changeAccount(charId, (account) => released(account, record, side));
  }
}

/** In the battle, with the vitals that its sheet gives while nobody has fought yet. */
function seated(account: AccountContext, record: BattleRecord, side: Side): AccountContext {
  const stats =
    record.version === 1 ? withCurrent(account.stats, record.sheets[side].stats) : account.stats;
  const sessions = { ...account.sessions, combat_id: record.id };
  return { ...account, state: 'COMBAT', sessions, stats };
}

/** Out of the battle, with the wounds of it; null if the session is not in this battle any more. */
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
    stats: withCurrent(account.stats, record.battle.fighters[side].stats),
  };
}

function withCurrent({ hp, mp, stamina }: Stats, now: Stats): Stats {
  return {
    hp: { ...hp, cur: now.hp.cur },
    mp: { ...mp, cur: now.mp.cur },
    stamina: { ...stamina, cur: now.stamina.cur },
  };
}
