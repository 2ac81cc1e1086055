import type { AccountContext } from '../account/account-context.ts';
import { AccountMissingError, type AccountStore } from '../account/account-store.ts';
import type { Log } from '../core/log.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleStore } from './battle-store.ts';

/** The arena's seats, by the battle that holds them. */
export interface SeatStore {
  /** True if the seat was still this battle's: whoever gets true has freed it. */
  freeSeat(charId: number, battleId: string): Promise<boolean>;
  /** Whether the battle's match is claimed and the battle itself not confirmed yet. */
  isPending(battleId: string): Promise<boolean>;
  /** Whose seats the battle holds, by the seats themselves. */
  getSeated(battleId: string): Promise<number[]>;
}

export interface LostBattleCleanupDeps {
  readonly battles: Pick<BattleStore, 'get' | 'expire' | 'cancelCheck'>;
  readonly accounts: AccountStore;
  readonly seats: SeatStore;
  readonly observer: Pick<BattleObserver, 'battleLost'>;
  readonly log: Log;
}

/** What is left of a battle that cannot be read stays for the operator so long. */
const REMAINS_TTL_S = 24 * 3600;

/** Battles that are gone or that nobody can read: their fighters are let go, and told. */
export class LostBattleCleanup {
  readonly #deps: LostBattleCleanupDeps;

  constructor(deps: LostBattleCleanupDeps) {
    this.#deps = deps;
  }

  /**
   * Frees whoever sits in the battle and answers who that was. Nobody, while the battle is being
   * made or where it can be read: a match is settled after its battle was made, so only this order
   * of questions is conclusive.
   */
  async releaseFighters(battleId: string): Promise<number[]> {
    const { battles, seats } = this.#deps;
    if (await seats.isPending(battleId)) return [];
    if ((await battles.get(battleId)) !== null) return [];
    const freed: number[] = [];
    for (const charId of await seats.getSeated(battleId)) {
      if (await this.#releaseFighter(charId, battleId)) freed.push(charId);
    }
    await battles.expire(battleId, REMAINS_TTL_S);
    await battles.cancelCheck(battleId);
    return freed;
  }

  /** The session first: whoever dies in between leaves a seat, which is looked at again. */
  async #releaseFighter(charId: number, battleId: string): Promise<boolean> {
    const { accounts, seats, observer, log } = this.#deps;
    const session = await accounts.getFullAccount(charId);
    if (session !== null) await this.#clearSession(charId, session, battleId);
    if (!(await seats.freeSeat(charId, battleId))) return false;
    log.warn({ charId, battleId }, 'the battle of this seat is lost; the character is free again');
    if (session !== null) observer.battleLost(session);
    return true;
  }

  async #clearSession(charId: number, session: AccountContext, battleId: string): Promise<void> {
    const { accounts } = this.#deps;
    const { combat_id: held } = session.sessions;
    if (held !== null && held !== battleId) return;
    try {
      if (session.state === 'COMBAT') await accounts.setState(charId, 'EXPLORATION');
      await accounts.setCombatSession(charId, null);
    } catch (error) {
      // Gone meanwhile: what is not there need not be opened.
      if (!(error instanceof AccountMissingError)) throw error;
    }
  }
}
