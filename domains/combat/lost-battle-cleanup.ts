import type { AccountContext } from '../account/account-context.ts';
import { AccountMissingError, type AccountStore } from '../account/account-store.ts';
import type { Log } from '../core/log.ts';
import type { BattleObserver } from './battle-observer.ts';
import type { BattleStore } from './battle-store.ts';

/** Seats of characters in matches and battles. */
export interface SeatStore {
  /** True if the seat was held by this battle and this call has freed it. */
  freeSeat(charId: number, battleId: string): Promise<boolean>;
  /** Whether the match is claimed and its battle does not exist yet. */
  isPending(battleId: string): Promise<boolean>;
  /** Characters that are seated in the battle; `alsoAsk` for one whose claim did not list its sides. */
  getSeated(battleId: string, alsoAsk?: readonly number[]): Promise<number[]>;
}

export interface LostBattleCleanupDeps {
  readonly battles: Pick<BattleStore, 'get' | 'expire' | 'cancelCheck'>;
  readonly accounts: AccountStore;
  readonly seats: SeatStore;
  readonly observer: Pick<BattleObserver, 'battleLost'>;
  readonly log: Log;
}

/** Unreadable records stay for the operator this long. */
const UNREADABLE_TTL_S = 24 * 3600;

/** Releases and notifies the fighters of missing or unreadable battles. */
export class LostBattleCleanup {
  readonly #deps: LostBattleCleanupDeps;

  constructor(deps: LostBattleCleanupDeps) {
    this.#deps = deps;
  }

  /**
   * `asking` may be some of them. Answers the released characters; none while the battle is being created
   * or if it can be read.
   * The match is checked first, because it is deleted only after its battle was created.
   */
  async releaseFighters(battleId: string, asking: readonly number[] = []): Promise<number[]> {
    const { battles, seats } = this.#deps;
    if (await seats.isPending(battleId)) return [];
    if ((await battles.get(battleId)) !== null) return [];
    const freed: number[] = [];
    for (const charId of await seats.getSeated(battleId, asking)) {
      if (await this.#releaseFighter(charId, battleId)) freed.push(charId);
    }
    await battles.expire(battleId, UNREADABLE_TTL_S);
    await battles.cancelCheck(battleId);
    return freed;
  }

  /** The session first: if this process dies in between, the seat is found again. */
  async #releaseFighter(charId: number, battleId: string): Promise<boolean> {
    const { accounts, seats, observer, log } = this.#deps;
    const session = await accounts.getFullAccount(charId);
    if (session !== null) await this.#clearSession(charId, session, battleId);
    if (!(await seats.freeSeat(charId, battleId))) return false;
    log.warn({ charId, battleId }, 'fighter of lost battle released');
    if (session !== null) observer.battleLost(session);
    return true;
  }

  async #clearSession(charId: number, session: AccountContext, battleId: string): Promise<void> {
    const { accounts } = this.#deps;
    const { combat_id: current } = session.sessions;
    if (current !== null && current !== battleId) return;
    try {
      if (session.state === 'COMBAT') await accounts.setState(charId, 'EXPLORATION');
      await accounts.setCombatSession(charId, null);
    } catch (error) {
      // The session was closed meanwhile, so there is nothing to clear.
      if (!(error instanceof AccountMissingError)) throw error;
    }
  }
}
