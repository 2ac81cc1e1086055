import type { RedisClient } from '../redis-client.ts';
import type { z } from 'zod';
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
  accountStateSchema,
  attributesSchema,
  bioSchema,
  locationSchema,
  sessionsSchema,
  statsSchema,
  storedAccountSchema,
  vitalNameSchema,
  vitalSchema,
} from '../../domains/account/account-context.ts';
import {
  AccountMissingError,
  type AccountSnapshot,
  type AccountStore,
  type FillReply,
  type LobbyLease,
} from '../../domains/account/account-store.ts';
import type { Character } from '../../domains/account/character.ts';
import { damaged, healed } from '../../domains/account/vitals.ts';
import type { Log } from '../../domains/core/log.ts';
import {
  DocumentWriteError,
  type Documents,
  type Path,
  type Reading,
  type WriteReply,
} from '../documents/documents.ts';
import { keys, keyTable } from '../keys.ts';
import { fillLobby } from '../scripts/fill-lobby.ts';
import { leaseText, lobbyText, readLobby } from './lobby-records.ts';
import { readStored, warnUnreadable } from './stored-json.ts';

export interface AccountManagerDeps {
  readonly client: RedisClient;
  readonly documents: Documents;
  readonly log: Log;
  /** Told of every change of a session, before it is made and after. */
  readonly onChange?: (charId: number) => Promise<void>;
}

const bioFieldSchema = bioSchema.keyof();
const pointsSchema = vitalSchema.shape.cur;

/** As long as a query may take; whoever takes longer fills nothing. */
const LEASE_S = 5;

/**
 * Live sessions of characters (`ac:<char_id>`) and the lobby cache. Getters answer null for what is
 * absent or cannot be read. Setters check what they write, raise `AccountMissingError` where there
 * is no session and `DocumentWriteError` where the session is no longer one.
 */
export class AccountManager implements AccountStore {
  readonly #client: RedisClient;
  readonly #documents: Documents;
  readonly #log: Log;
  readonly #onChange: (charId: number) => Promise<void>;

  constructor({ client, documents, log, onChange }: AccountManagerDeps) {
    this.#client = client;
    this.#documents = documents;
    this.#log = log;
    this.#onChange = onChange ?? (() => Promise.resolve());
  }

  async createAccount(charId: number, initialData: AccountContext): Promise<void> {
    const context = accountContextSchema.parse(initialData);
    const key = keys.account(charId);
    if ((await this.#set(charId, '$', context)) !== 'wrong_type') return;
    // No document, or one of the other engine, stands in a session's place: it would lock the player
    // out. Whoever read it before has warned of it.
    this.#log.info({ key }, 'what stood there was no document and gives way to a session');
    await this.#client.del(key);
    await this.#write(charId, '$', context);
  }

  async accountExists(charId: number): Promise<boolean> {
    return (await this.#client.exists(keys.account(charId))) === 1;
  }

  async getFullAccount(charId: number): Promise<AccountContext | null> {
    return this.#read(charId, '$', storedAccountSchema);
  }

  async deleteAccount(charId: number): Promise<void> {
    await this.#client.del(keys.account(charId));
  }

  async changeAccount(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<boolean> {
    const key = keys.account(charId);
    const done = { isChanged: false };
    const told = this.#onChange(charId);
    const decide = (value: unknown): unknown => {
      const account = storedAccountSchema.safeParse(value);
      if (!account.success) throw new DocumentWriteError(key, '$', 'unreadable');
      const changed = change(account.data);
      done.isChanged = changed !== null;
      return changed === null ? value : accountContextSchema.parse(changed);
    };
    const [reading] = await Promise.all([this.#documents.change(key, '$', decide), told]);
    if (reading.kind === 'no_key') throw new AccountMissingError(charId);
    if (reading.kind !== 'value') throw new DocumentWriteError(key, '$', reading.kind);
    if (done.isChanged) await this.#onChange(charId);
    return done.isChanged;
  }

  async snapshotAccount(charId: number): Promise<AccountSnapshot | null> {
    const snapshot = await this.#documents.snapshot(keys.account(charId));
    const context = this.#parsed(charId, snapshot, { path: '$', schema: accountContextSchema });
    return context === null || snapshot.kind !== 'value'
      ? null
      : { context, stamp: snapshot.stamp };
  }

  async deleteIfStill(charId: number, { stamp }: AccountSnapshot): Promise<boolean> {
    return this.#documents.delIfStill(keys.account(charId), stamp);
  }

  async getBio(charId: number): Promise<Bio | null> {
    return this.#read(charId, '$.bio', bioSchema);
  }

  async updateBio(charId: number, bio: Bio): Promise<void> {
    await this.#write(charId, '$.bio', bioSchema.parse(bio));
  }

  async updateBioField<F extends keyof Bio>(
    charId: number,
    field: F,
    value: NonNullable<Bio[F]> | null,
  ): Promise<void> {
    const name = bioFieldSchema.parse(field);
    await this.#write(charId, `$.bio.${name}`, bioSchema.shape[name].parse(value));
  }

  async getStats(charId: number): Promise<Stats | null> {
    return this.#read(charId, '$.stats', statsSchema);
  }

  async updateStat(charId: number, stat: VitalName, value: Vital): Promise<void> {
    await this.#write(charId, `$.stats.${vitalNameSchema.parse(stat)}`, vitalSchema.parse(value));
  }

  async updateStatCurrent(charId: number, stat: VitalName, value: number): Promise<void> {
    const path: Path = `$.stats.${vitalNameSchema.parse(stat)}.cur`;
    await this.#write(charId, path, pointsSchema.parse(value));
  }

  async applyDamage(charId: number, stat: VitalName, points: number): Promise<Vital> {
    const hit = pointsSchema.parse(points);
    return this.#changeVital(charId, stat, (vital) => damaged(vital, hit));
  }

  async applyHealing(charId: number, stat: VitalName, points: number): Promise<Vital> {
    const gain = pointsSchema.parse(points);
    return this.#changeVital(charId, stat, (vital) => healed(vital, gain));
  }

  async getAttributes(charId: number): Promise<Attributes | null> {
    return this.#read(charId, '$.attributes', attributesSchema);
  }

  async updateAttributes(charId: number, attributes: Attributes): Promise<void> {
    await this.#write(charId, '$.attributes', attributesSchema.parse(attributes));
  }

  async getSessions(charId: number): Promise<Sessions | null> {
    return this.#read(charId, '$.sessions', sessionsSchema);
  }

  async setCombatSession(charId: number, sessionId: string | null): Promise<void> {
    const id = sessionsSchema.shape.combat_id.parse(sessionId);
    await this.#write(charId, '$.sessions.combat_id', id);
  }

  async setInventorySession(charId: number, sessionId: string | null): Promise<void> {
    const id = sessionsSchema.shape.inventory_id.parse(sessionId);
    await this.#write(charId, '$.sessions.inventory_id', id);
  }

  async getState(charId: number): Promise<AccountState | null> {
    return this.#read(charId, '$.state', accountStateSchema);
  }

  async setState(charId: number, state: AccountState): Promise<void> {
    await this.#write(charId, '$.state', accountStateSchema.parse(state));
  }

  async getLocation(charId: number): Promise<Location | null> {
    return this.#read(charId, '$.location', locationSchema);
  }

  /** Both fields change in one write, so that no reader meets half a move; repeating changes nothing. */
  async setLocation(charId: number, locationId: string): Promise<void> {
    const left = await this.getLocation(charId);
    if (left?.current === locationId) return;
    const location = { current: locationId, prev: left?.current ?? null };
    await this.#write(charId, '$.location', locationSchema.parse(location));
  }

  async getLobbyCache(userId: number): Promise<Character[] | null> {
    const key = keys.lobby(userId);
    const found = this.#lobbyOf(key, await this.#client.get(key));
    return found?.kind === 'known' ? found.characters : null;
  }

  async setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    const text = lobbyText(characters);
    await this.#client.set(keys.lobby(userId), text, 'EX', keyTable.lobby.lifeS);
  }

  async deleteLobbyCache(userId: number): Promise<void> {
    await this.#client.del(keys.lobby(userId));
  }

  async leaseLobbyCache(userId: number, token: string): Promise<LobbyLease> {
    const key = keys.lobby(userId);
    const text = await this.#client.get(key);
    const found = this.#lobbyOf(key, text);
    if (found !== null) return found;
    const lease = leaseText(token);
    // Of several who find nothing one is first; what cannot be read gives way to anybody.
    const reply =
      text === null
        ? await this.#client.set(key, lease, 'EX', LEASE_S, 'NX')
        : await this.#client.set(key, lease, 'EX', LEASE_S);
    if (reply === 'OK') return { kind: 'leased' };
    // Whoever was first may be gone again already; then this one reads for himself.
    return this.#lobbyOf(key, await this.#client.get(key)) ?? { kind: 'held', by: token };
  }

  async fillLobbyCache(
    userId: number,
    token: string,
    characters: readonly Character[],
  ): Promise<FillReply> {
    const filled = { lease: leaseText(token), characters: lobbyText(characters) };
    return fillLobby(this.#client, userId, filled);
  }

  #lobbyOf(key: string, text: string | null): ReturnType<typeof readLobby> {
    return readLobby({ key, text, log: this.#log });
  }

  async #read<T>(charId: number, path: Path, schema: z.ZodType<T>): Promise<T | null> {
    const reading = await this.#documents.get(keys.account(charId), path);
    return this.#parsed(charId, reading, { path, schema });
  }

  #parsed<T>(
    charId: number,
    reading: Reading,
    { path, schema }: { readonly path: Path; readonly schema: z.ZodType<T> },
  ): T | null {
    const key = keys.account(charId);
    if (reading.kind === 'no_key') return null;
    if (reading.kind === 'value') {
      return readStored({ key, value: reading.value, schema, log: this.#log });
    }
    const cause = reading.kind === 'no_path' ? `nothing at ${path}` : reading.cause;
    warnUnreadable(this.#log, key, cause);
    return null;
  }

  async #changeVital(
    charId: number,
    stat: VitalName,
    change: (vital: Vital) => Vital,
  ): Promise<Vital> {
    const key = keys.account(charId);
    const path: Path = `$.stats.${vitalNameSchema.parse(stat)}`;
    const told = this.#onChange(charId);
    const changed = this.#documents.change(key, path, (value) => {
      const vital = vitalSchema.safeParse(value);
      if (!vital.success) throw new DocumentWriteError(key, path, 'unreadable');
      return change(vital.data);
    });
    const [reading] = await Promise.all([changed, told]);
    if (reading.kind === 'value') {
      await this.#onChange(charId);
      return vitalSchema.parse(reading.value);
    }
    if (reading.kind === 'no_key') throw new AccountMissingError(charId);
    throw new DocumentWriteError(key, path, reading.kind);
  }

  async #write(charId: number, path: Path, value: unknown): Promise<void> {
    const reply = await this.#set(charId, path, value);
    if (reply === 'no_key') throw new AccountMissingError(charId);
    if (reply !== 'written') throw new DocumentWriteError(keys.account(charId), path, reply);
  }

  /**
   * Both are sent at once and in this order: a change that is made has been told. Whoever saves may
   * have taken that note and read the session just before it changed, so it is told once more.
   */
  async #set(charId: number, path: Path, value: unknown): Promise<WriteReply> {
    const told = this.#onChange(charId);
    const [reply] = await Promise.all([
      this.#documents.set(keys.account(charId), path, value),
      told,
    ]);
    if (reply === 'written') await this.#onChange(charId);
    return reply;
  }
}
