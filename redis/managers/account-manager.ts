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
  accountFormat,
  accountStateSchema,
  attributesSchema,
  bioSchema,
  locationSchema,
  sessionsSchema,
  vitalNameSchema,
  vitalSchema,
} from '../../domains/account/account-context.ts';
import {
  AccountMissingError,
  type AccountSnapshot,
  type AccountStore,
  type CreateMode,
} from '../../domains/account/account-store.ts';
import type { Character } from '../../domains/account/character.ts';
import { inScenario } from '../../domains/account/in-scenario.ts';
import { type VitalChange, damaged, healed } from '../../domains/account/vitals.ts';
import type { Log } from '../../domains/core/log.ts';
import { type RecordFormat, versioned } from '../../domains/core/versioned.ts';
import {
  DocumentWriteError,
  type Documents,
  type Path,
  type Reading,
  type WriteReply,
} from '../documents/documents.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { raiseCharacterNumber } from '../scripts/raise-character-number.ts';
import { LobbyCache } from './lobby-cache.ts';
import { markedWrite } from './marked-write.ts';
import { ParseCache } from './parse-cache.ts';
import { readStored, warnUnreadable } from './stored-json.ts';

export interface AccountManagerDeps {
  readonly client: RedisClient;
  readonly documents: Documents;
  readonly log: Log;
  /** Called before and after every change of a session. */
  readonly onChange?: (charId: number) => Promise<void>;
  /** The stored format; tests pass that of the next release. */
  readonly form?: RecordFormat<AccountContext>;
}

const bioFieldSchema = bioSchema.keyof();
const pointsSchema = vitalSchema.shape.cur;

/**
 * Live sessions (`ac:<char_id>`) and the lobby cache. Getters return null for a missing or unreadable session;
 * setters validate, and raise `AccountMissingError` or `DocumentWriteError` for it.
 */
export class AccountManager implements AccountStore {
  readonly #client: RedisClient;
  readonly #documents: Documents;
  readonly #log: Log;
  readonly #onChange: (charId: number) => Promise<void>;
  readonly #format: RecordFormat<AccountContext>;
  readonly #stored: z.ZodType<AccountContext>;
  readonly #lobby: LobbyCache;
  readonly #cache = new ParseCache<AccountContext>();

  constructor({ client, documents, log, onChange, form = accountFormat }: AccountManagerDeps) {
    this.#format = form;
    this.#stored = versioned(form);
    this.#client = client;
    this.#documents = documents;
    this.#log = log;
    this.#lobby = new LobbyCache({ client, log });
    this.#onChange = onChange ?? (() => Promise.resolve());
  }

  async createAccount(
    charId: number,
    initialData: AccountContext,
    how: CreateMode = 'replace',
  ): Promise<boolean> {
    const context = this.#format.schema.parse(initialData);
    await raiseCharacterNumber(this.#client, charId);
    if (how === 'replace') return this.#replace(charId, context);
    const create = () => this.#documents.create(keys.account(charId), context);
    const mark = () => this.#onChange(charId);
    const reply = await markedWrite(mark, create, (one) => one === 'created');
    if (reply === 'created') return true;
    if ((await this.snapshotAccount(charId)) !== null) return false;
    return this.#replace(charId, context);
  }

  async accountExists(charId: number): Promise<boolean> {
    return (await this.#client.exists(keys.account(charId))) === 1;
  }

  async getFullAccount(charId: number): Promise<AccountContext | null> {
    return (await this.snapshotAccount(charId))?.context ?? null;
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
    const decide = (value: unknown): unknown => {
      const account = this.#contextIn(key, { kind: 'value', value });
      if (account === null) throw new DocumentWriteError(key, '$', 'unreadable');
      const changed = change(account);
      done.isChanged = changed !== null;
      return changed === null ? value : this.#format.schema.parse(changed);
    };
    const write = () => this.#documents.change(key, '$', decide);
    const isWritten = (reply: Reading) => reply.kind === 'value' && done.isChanged;
    const reading = await markedWrite(() => this.#onChange(charId), write, isWritten);
    if (reading.kind === 'no_key') throw new AccountMissingError(charId);
    if (reading.kind !== 'value') throw new DocumentWriteError(key, '$', reading.kind);
    return done.isChanged;
  }

  async snapshotAccount(charId: number): Promise<AccountSnapshot | null> {
    const key = keys.account(charId);
    const snapshot = await this.#documents.snapshot(key);
    const stamp = snapshot.kind === 'value' ? snapshot.stamp : '';
    const cached = this.#cache.get(key, stamp);
    if (cached !== null) return { context: cached, stamp };
    const context = this.#contextIn(key, snapshot);
    if (context === null) return null;
    this.#cache.set(key, { text: stamp, value: context });
    return { context, stamp };
  }

  async deleteIfUnchanged(charId: number, { stamp }: AccountSnapshot): Promise<boolean> {
    return this.#documents.delIfUnchanged(keys.account(charId), stamp);
  }

  async getBio(charId: number): Promise<Bio | null> {
    return (await this.getFullAccount(charId))?.bio ?? null;
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
    return (await this.getFullAccount(charId))?.stats ?? null;
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
    return (await this.getFullAccount(charId))?.attributes ?? null;
  }

  async updateAttributes(charId: number, attributes: Attributes): Promise<void> {
    await this.#write(charId, '$.attributes', attributesSchema.parse(attributes));
  }

  async getSessions(charId: number): Promise<Sessions | null> {
    return (await this.getFullAccount(charId))?.sessions ?? null;
  }

  async setCombatSession(charId: number, sessionId: string | null): Promise<void> {
    const id = sessionsSchema.shape.combat_id.parse(sessionId);
    await this.#write(charId, '$.sessions.combat_id', id);
  }

  async setInventorySession(charId: number, sessionId: string | null): Promise<void> {
    const id = sessionsSchema.shape.inventory_id.parse(sessionId);
    await this.#write(charId, '$.sessions.inventory_id', id);
  }

  async setScenarioSession(charId: number, sessionId: string | null): Promise<void> {
    await this.changeAccount(charId, (account) => inScenario(account, sessionId));
  }

  async getState(charId: number): Promise<AccountState | null> {
    return (await this.getFullAccount(charId))?.state ?? null;
  }

  async setState(charId: number, state: AccountState): Promise<void> {
    await this.#write(charId, '$.state', accountStateSchema.parse(state));
  }

  async getLocation(charId: number): Promise<Location | null> {
    return (await this.getFullAccount(charId))?.location ?? null;
  }

  /** Both fields change in one write, so that no reader sees half a move; a repeated call changes nothing. */
  async setLocation(charId: number, locationId: string): Promise<void> {
    const left = await this.getLocation(charId);
    if (left?.current === locationId) return;
    const location = { current: locationId, prev: left?.current ?? null };
    await this.#write(charId, '$.location', locationSchema.parse(location));
  }

  getLobbyCache(userId: number): Promise<Character[] | null> {
    return this.#lobby.get(userId);
  }

  setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    return this.#lobby.set(userId, characters);
  }

  deleteLobbyCache(userId: number): Promise<void> {
    return this.#lobby.delete(userId);
  }

  #contextIn(key: string, reading: Reading): AccountContext | null {
    if (reading.kind === 'no_key') return null;
    if (reading.kind === 'value')
      return readStored({ key, value: reading.value, schema: this.#stored, log: this.#log });
    warnUnreadable(this.#log, key, reading.kind === 'no_path' ? 'no document' : reading.cause);
    return null;
  }

  async #replace(charId: number, context: AccountContext): Promise<true> {
    const key = keys.account(charId);
    if ((await this.#set(charId, '$', context)) !== 'wrong_type') return true;
    // A value of another type, or of the other document engine, would lock the player out.
    this.#log.info({ key }, 'unreadable session replaced');
    await this.#client.del(key);
    await this.#set(charId, '$', context);
    return true;
  }

  async #changeVital(charId: number, stat: VitalName, change: VitalChange): Promise<Vital> {
    const name = vitalNameSchema.parse(stat);
    let vital: Vital | null = null;
    await this.changeAccount(charId, (account) => {
      vital = change(account.stats[name]);
      return { ...account, stats: { ...account.stats, [name]: vital } };
    });
    return vitalSchema.parse(vital);
  }

  async #write(charId: number, path: Path, value: unknown): Promise<void> {
    await this.#upgrade(charId);
    const reply = await this.#set(charId, path, value);
    if (reply === 'no_key') throw new AccountMissingError(charId);
    if (reply !== 'written') throw new DocumentWriteError(keys.account(charId), path, reply);
  }

  /** A part is written only into a session of the current version; raises a NewerRecordError. */
  async #upgrade(charId: number): Promise<void> {
    const version = await this.#documents.get(keys.account(charId), '$.schema');
    const isCurrent =
      version.kind === 'value'
        ? version.value === this.#format.version
        : this.#format.version === 1;
    if (version.kind === 'no_key' || version.kind === 'unreadable' || isCurrent) return;
    await this.changeAccount(charId, (account) => account);
  }

  #set(charId: number, path: Path, value: unknown): Promise<WriteReply> {
    const mark = () => this.#onChange(charId);
    const write = () => this.#documents.set(keys.account(charId), path, value);
    return markedWrite(mark, write, (reply) => reply === 'written');
  }
}
