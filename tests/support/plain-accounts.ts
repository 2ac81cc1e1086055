import type { AccountContext } from '../../domains/account/account-context.ts';
import { MemoryAccountStore } from './memory-account-store.ts';

/** Sessions that nobody spoils: handed out as they are, for speed. */
export class PlainAccounts extends MemoryAccountStore {
  readonly #sessions: Map<number, AccountContext>;

  constructor(sessions: Iterable<readonly [charId: number, session: AccountContext]> = []) {
    super();
    this.#sessions = new Map(sessions);
  }

  override createAccount(charId: number, session: AccountContext): Promise<void> {
    this.#sessions.set(charId, session);
    return Promise.resolve();
  }

  override getFullAccount(charId: number): Promise<AccountContext | null> {
    return Promise.resolve(this.#sessions.get(charId) ?? null);
  }

  override deleteAccount(charId: number): Promise<void> {
    this.#sessions.delete(charId);
    return Promise.resolve();
  }

  has(charId: number): boolean {
    return this.#sessions.has(charId);
  }
}
