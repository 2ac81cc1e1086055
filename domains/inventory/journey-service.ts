import { type AccountContext, attributeNames } from '../account/account-context.ts';
import { sessionWith } from '../account/account-session-service.ts';
import { type AccountStore, ifLive } from '../account/account-store.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Earnings } from './journey.ts';
import type {
  Decision,
  GrantContents,
  JourneyStore,
  StepReply,
  StoredGrant,
  TimeSpan,
} from './journey-store.ts';

export interface JourneyDeps {
  readonly journeys: JourneyStore;
  readonly accounts: Pick<AccountStore, 'changeAccount' | 'getAttributes' | 'updateAttributes'>;
  readonly lobby: { invalidateCharactersList(userId: number): Promise<void> };
  /** Whether the character is in a queue or a battle: gear and techniques are frozen then. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `busy`: the character is in a queue or a battle. `unavailable`: the database is. */
export type ServiceReply<Refusal> =
  StepReply<Refusal> | { readonly kind: 'busy' } | { readonly kind: 'unavailable' };

/** Changes what characters have earned: in the database first, then in their live sessions. */
export class JourneyService {
  readonly #deps: JourneyDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: JourneyDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ clock, log, events: null });
  }

  /** Null: there is no such character. Repairs a session that missed a change. */
  async read(charId: number, account: AccountContext): Promise<Earnings | 'unavailable' | null> {
    const called = await this.#breaker.call(() => this.#deps.journeys.read(charId));
    if (called.kind === 'unavailable') return 'unavailable';
    const earnings = called.value;
    if (earnings !== null && isOutdated(account, earnings)) await this.#copy(earnings);
    return earnings;
  }

  /** `decide` is pure, and may run more than once. */
  async step<Refusal>(
    charId: number,
    decide: (earnings: Earnings) => Decision<Refusal>,
  ): Promise<ServiceReply<Refusal>> {
    if (await this.#deps.isBusy(charId)) return { kind: 'busy' };
    const called = await this.#breaker.call(() => this.#deps.journeys.step(charId, decide));
    if (called.kind === 'unavailable') return called;
    if (called.value.kind === 'changed') await this.#copyStep(called.value.earnings);
    return called.value;
  }

  /** Null: no such grant, or it cannot be read now. */
  async findGrant(id: string): Promise<GrantContents | null> {
    const called = await this.#breaker.call(() => this.#deps.journeys.findGrant(id));
    return called.kind === 'answered' ? called.value : null;
  }

  async grantsBetween(
    charId: number,
    span: TimeSpan,
  ): Promise<readonly StoredGrant[] | 'unavailable'> {
    const called = await this.#breaker.call(() => this.#deps.journeys.grantsBetween(charId, span));
    return called.kind === 'answered' ? called.value : 'unavailable';
  }

  /** Attributes first: as long as the gear has its old version, the rest is repaired. */
  async #copyStep(earnings: Earnings): Promise<void> {
    const { accounts } = this.#deps;
    const { charId, attributes } = earnings;
    const shown = await accounts.getAttributes(charId);
    if (shown !== null && attributeNames.some((name) => shown[name] !== attributes[name]))
      await ifLive(() => accounts.updateAttributes(charId, attributes));
    await this.#copy(earnings);
  }

  async #copy(earnings: Earnings): Promise<void> {
    const { accounts, lobby } = this.#deps;
    await ifLive(async () => {
      const isChanged = await accounts.changeAccount(earnings.charId, (account) =>
        isOutdated(account, earnings) ? sessionWith(account, earnings) : null,
      );
      if (isChanged) await lobby.invalidateCharactersList(earnings.userId);
    });
  }
}

/** Whether the session does not show what the character has earned by now. */
function isOutdated(account: AccountContext, earnings: Earnings): boolean {
  if (account.gear.version > earnings.gear.version) return false;
  return (
    account.gear.version < earnings.gear.version ||
    attributeNames.some((name) => account.attributes[name] !== earnings.attributes[name])
  );
}
