import { UserStore } from '../domains/account/user-store.ts';
import type { WriteBehindQueue } from '../domains/account/write-behind-queue.ts';
import type { ChatStore } from '../domains/core/chat-store.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Connection } from '../redis/connect.ts';
import { ChatManager } from '../redis/managers/chat-manager.ts';
import { MemoManager } from '../redis/managers/memo-manager.ts';
import { PlayerManager } from '../redis/managers/player-manager.ts';
import { WriteBehindManager } from '../redis/managers/write-behind-manager.ts';
import type { Ports } from './system.ts';

/** The stores that the outbox needs as well. */
export interface Stores {
  readonly players: UserStore;
  readonly chats: ChatStore;
  readonly memos: MemoStore;
  readonly writeBehind: WriteBehindQueue;
}

export function openStores(
  { client }: Connection,
  { log, clock, repositories }: Pick<Required<Ports>, 'log' | 'clock' | 'repositories'>,
): Stores {
  const hot = new PlayerManager({ client, log });
  const writeBehind = new WriteBehindManager({ client, clock });
  const players = new UserStore({ hot, users: repositories.users, writeBehind, clock, log });
  const chats = new ChatManager({ client, log });
  return { players, writeBehind, chats, memos: new MemoManager({ client, log }) };
}
