import { memosOfCharacter, memosOfUser } from '../../domains/core/memo-store.ts';
import { modes } from '../../domains/core/mode.ts';
import {
  type Subject,
  type UserData,
  type UserKeys,
  userDataSchema,
} from '../../domains/privacy/user-data.ts';
import { decode } from '../documents/document-text.ts';
import type { Documents } from '../documents/documents.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';

export interface UserKeysDeps {
  readonly client: RedisClient;
  readonly documents: Documents;
}

interface Live {
  readonly documents: readonly string[];
  readonly hashes: readonly string[];
  readonly strings: readonly string[];
}

const liveSchema = userDataSchema.shape.live;

/** Every key that belongs to a user, whichever manager writes it. */
export class UserKeysManager implements UserKeys {
  readonly #client: RedisClient;
  readonly #documents: Documents;

  constructor({ client, documents }: UserKeysDeps) {
    this.#client = client;
    this.#documents = documents;
  }

  async read(subject: Subject): Promise<UserData['live']> {
    const { documents, hashes, strings } = await this.#keysOf(subject);
    const read = await Promise.all([
      ...documents.map(async (key) => [key, await this.#document(key)] as const),
      ...hashes.map(async (key) => [key, await this.#client.hgetall(key)] as const),
      ...strings.map(async (key) => [key, await this.#client.get(key)] as const),
    ]);
    const found = read.filter(([, value]) => !isEmpty(value));
    return liveSchema.parse(Object.fromEntries(found.map(([key, value]) => [key, plain(value)])));
  }

  /** One key a command: in a cluster they are on several servers. */
  async erase(subject: Subject): Promise<void> {
    const { documents, hashes, strings } = await this.#keysOf(subject);
    const { charIds, userId, battleIds } = subject;
    const gone = [...documents, ...hashes, ...strings];
    const ofBattles = battleIds.flatMap((id) => [keys.battle(id), keys.sides(id)]);
    await Promise.all([...gone, ...ofBattles].map((key) => this.#client.del(key)));
    await Promise.all(charIds.flatMap((charId) => this.#leaveLists(charId)));
    await this.#client.zrem(keys.dirty('user'), userId);
    await Promise.all(battleIds.map((id) => this.#client.zrem(keys.deadlines(), id)));
    await this.#forgetOpponents(subject);
  }

  #leaveLists(charId: number): Promise<number>[] {
    const lists = [keys.seen(), keys.dirty('session')];
    const queues = modes.flatMap((mode) => [keys.queue(mode), keys.since(mode)]);
    return [...lists, ...queues].map((list) => this.#client.zrem(list, charId));
  }

  /** Who fought them last may be matched with anybody again. */
  async #forgetOpponents({ charIds, opponentIds }: Subject): Promise<void> {
    for (const id of opponentIds) {
      const last = await this.#client.get(keys.lastOpponent(id));
      if (last !== null && charIds.map(String).includes(last))
        await this.#client.del(keys.lastOpponent(id));
    }
  }

  async #keysOf({ userId, charIds }: Subject): Promise<Live> {
    const bags = await Promise.all(charIds.map((charId) => this.#bagOf(charId)));
    return {
      documents: charIds.map(keys.account),
      hashes: [keys.player(userId), ...charIds.map(keys.request)],
      strings: [
        ...[keys.lobby(userId), keys.chatScreen(userId)],
        ...memosOfUser.map((kind) => keys.memo(kind, String(userId))),
        ...memosOfCharacter.flatMap((kind) =>
          charIds.map((charId) => keys.memo(kind, String(charId))),
        ),
        ...charIds.flatMap((charId) => [keys.lastOpponent(charId), keys.blocked(charId)]),
        ...bags.flat(),
      ],
    };
  }

  async #bagOf(charId: number): Promise<string[]> {
    const path = '$.sessions.inventory_id';
    const reading = await this.#documents.get(keys.account(charId), path);
    const id = reading.kind === 'value' ? reading.value : null;
    return typeof id === 'string' ? [keys.inventory(id)] : [];
  }

  async #document(key: string): Promise<unknown> {
    const reading = await this.#documents.get(key, '$');
    return reading.kind === 'value' ? reading.value : null;
  }
}

/** A missing hash reads as one without fields. */
function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Most texts hold JSON. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const decoded = decode(value);
  return decoded.kind === 'value' ? decoded.value : value;
}
