import {
  type AccountContext,
  type AccountState,
  type Attributes,
  type Bio,
  type Location,
  type Sessions,
  type Stats,
  type Vital,
  type VitalName,
  accountContextSchema,
} from '../../domains/account/account-context.ts';
import {
  AccountMissingError,
  type AccountSnapshot,
  type AccountStore,
  type CreateMode,
} from '../../domains/account/account-store.ts';
import { inScenario } from '../../domains/account/in-scenario.ts';
import { damaged, healed } from '../../domains/account/vitals.ts';
import type { Character } from '../../domains/account/character.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { FixedClock } from './clock.ts';

const LOBBY_TTL_MS = 600_000;

/** Live sessions in memory; validates and copies like the store in Redis. */
export class MemoryAccountStore implements AccountStore {
  readonly #accounts = new Map<number, unknown>();
  readonly #lobbies = new Map<number, { characters: Character[]; untilMs: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock = new FixedClock()) {
    this.#clock = clock;
  }

  corrupt(charId: number, value: unknown): void {
    this.#accounts.set(charId, value);
  }

  async createAccount(
    charId: number,
    initialData: AccountContext,
    how: CreateMode = 'replace',
  ): Promise<boolean> {
    if (how === 'if_absent' && (await this.getFullAccount(charId)) !== null) return false;
    this.#accounts.set(charId, accountContextSchema.parse(structuredClone(initialData)));
    return true;
  }

  accountExists(charId: number): Promise<boolean> {
    return Promise.resolve(this.#accounts.has(charId));
  }

  getFullAccount(charId: number): Promise<AccountContext | null> {
    const parsed = accountContextSchema.safeParse(structuredClone(this.#accounts.get(charId)));
    return Promise.resolve(parsed.success ? parsed.data : null);
  }

  deleteAccount(charId: number): Promise<void> {
    this.#accounts.delete(charId);
    return Promise.resolve();
  }

  async changeAccount(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<boolean> {
    const account = await this.getFullAccount(charId);
    if (account === null) throw new AccountMissingError(charId);
    const changed = change(account);
    if (changed !== null) this.#accounts.set(charId, accountContextSchema.parse(changed));
    return changed !== null;
  }

  async snapshotAccount(charId: number): Promise<AccountSnapshot | null> {
    const context = await this.getFullAccount(charId);
    return context === null ? null : { context, stamp: JSON.stringify(context) };
  }

  async deleteIfUnchanged(charId: number, { stamp }: AccountSnapshot): Promise<boolean> {
    if ((await this.snapshotAccount(charId))?.stamp !== stamp) return false;
    return this.#accounts.delete(charId);
  }

  async getBio(charId: number): Promise<Bio | null> {
    return (await this.getFullAccount(charId))?.bio ?? null;
  }

  updateBio(charId: number, bio: Bio): Promise<void> {
    return this.#change(charId, (account) => ({ ...account, bio }));
  }

  updateBioField<F extends keyof Bio>(
    charId: number,
    field: F,
    value: NonNullable<Bio[F]> | null,
  ): Promise<void> {
    return this.#change(charId, (account) => ({
      ...account,
      bio: { ...account.bio, [field]: value },
    }));
  }

  async getStats(charId: number): Promise<Stats | null> {
    return (await this.getFullAccount(charId))?.stats ?? null;
  }

  updateStat(charId: number, stat: VitalName, value: Vital): Promise<void> {
    return this.#change(charId, (account) => ({
      ...account,
      stats: { ...account.stats, [stat]: value },
    }));
  }

  updateStatCurrent(charId: number, stat: VitalName, value: number): Promise<void> {
    return this.#change(charId, (account) => ({
      ...account,
      stats: { ...account.stats, [stat]: { ...account.stats[stat], cur: value } },
    }));
  }

  async applyDamage(charId: number, stat: VitalName, points: number): Promise<Vital> {
    return this.#changeVital(charId, stat, (vital) => damaged(vital, points));
  }

  async applyHealing(charId: number, stat: VitalName, points: number): Promise<Vital> {
    return this.#changeVital(charId, stat, (vital) => healed(vital, points));
  }

  async getAttributes(charId: number): Promise<Attributes | null> {
    return (await this.getFullAccount(charId))?.attributes ?? null;
  }

  updateAttributes(charId: number, attributes: Attributes): Promise<void> {
    return this.#change(charId, (account) => ({ ...account, attributes }));
  }

  async getSessions(charId: number): Promise<Sessions | null> {
    return (await this.getFullAccount(charId))?.sessions ?? null;
  }

  setCombatSession(charId: number, sessionId: string | null): Promise<void> {
    return this.#change(charId, (account) => ({
      ...account,
      sessions: { ...account.sessions, combat_id: sessionId },
    }));
  }

  setInventorySession(charId: number, sessionId: string | null): Promise<void> {
    return this.#change(charId, (account) => ({
      ...account,
      sessions: { ...account.sessions, inventory_id: sessionId },
    }));
  }

  setScenarioSession(charId: number, sessionId: string | null): Promise<void> {
    return this.#change(charId, (account) => inScenario(account, sessionId));
  }

  async getState(charId: number): Promise<AccountState | null> {
    return (await this.getFullAccount(charId))?.state ?? null;
  }

  setState(charId: number, state: AccountState): Promise<void> {
    return this.#change(charId, (account) => ({ ...account, state }));
  }

  async getLocation(charId: number): Promise<Location | null> {
    return (await this.getFullAccount(charId))?.location ?? null;
  }

  setLocation(charId: number, locationId: string): Promise<void> {
    return this.#change(charId, (account) =>
      account.location.current === locationId
        ? account
        : { ...account, location: { current: locationId, prev: account.location.current } },
    );
  }

  getLobbyCache(userId: number): Promise<Character[] | null> {
    const cached = this.#lobbies.get(userId);
    const isFresh = cached !== undefined && cached.untilMs > this.#clock.now();
    return Promise.resolve(isFresh ? structuredClone(cached.characters) : null);
  }

  setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    const untilMs = this.#clock.now() + LOBBY_TTL_MS;
    this.#lobbies.set(userId, { characters: structuredClone([...characters]), untilMs });
    return Promise.resolve();
  }

  deleteLobbyCache(userId: number): Promise<void> {
    this.#lobbies.delete(userId);
    return Promise.resolve();
  }

  async #changeVital(
    charId: number,
    stat: VitalName,
    change: (vital: Vital) => Vital,
  ): Promise<Vital> {
    const stats = await this.getStats(charId);
    if (stats === null) throw new AccountMissingError(charId);
    const vital = change(stats[stat]);
    await this.updateStat(charId, stat, vital);
    return vital;
  }

  async #change(
    charId: number,
    change: (account: AccountContext) => AccountContext,
  ): Promise<void> {
    const account = await this.getFullAccount(charId);
    if (account === null) throw new AccountMissingError(charId);
    await this.createAccount(charId, change(account));
  }
}
