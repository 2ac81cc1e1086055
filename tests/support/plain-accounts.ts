import type { AccountContext } from '../../domains/account/account-context.ts';
import { AccountMissingError } from '../../domains/account/account-store.ts';
import { MemoryAccountStore } from './memory-account-store.ts';

/** Without validation and copies, for speed. */
export class PlainAccounts extends MemoryAccountStore {
  readonly #sessions: Map<number, AccountContext>;

  constructor(sessions: Iterable<readonly [charId: number, session: AccountContext]> = []) {
    super();
    this.#sessions = new Map(sessions);
  }

  override createAccount(charId: number, session: AccountContext): Promise<boolean> {
    this.#sessions.set(charId, session);
    return Promise.resolve(true);
  }

  override getFullAccount(charId: number): Promise<AccountContext | null> {
    return Promise.resolve(this.#sessions.get(charId) ?? null);
  }

  override changeAccount(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<boolean> {
    const account = this.#sessions.get(charId);
    if (account === undefined) return Promise.reject(new AccountMissingError(charId));
    const changed = change(account);
    if (changed !== null) this.#sessions.set(charId, changed);
    return Promise.resolve(changed !== null);
  }

  override deleteAccount(charId: number): Promise<void> {
    this.#sessions.delete(charId);
    return Promise.resolve();
  }

  has(charId: number): boolean {
    return this.#sessions.has(charId);
  }
}
