import type { DirtyKind } from '../domains/account/write-behind-queue.ts';
import type { Mode } from '../domains/core/mode.ts';

/** What a key holds. A `document` is ReJSON-RL to the JSON module, without it a string of JSON. */
export type KeyType = 'document' | 'string' | 'hash' | 'zset';

export interface KeyRow {
  readonly pattern: string;
  readonly type: KeyType;
  /** Life in seconds: null is until its owner deletes it, 'caller' is handed in with the value. */
  readonly lifeS: number | null | 'caller';
  /** The one class that writes it. */
  readonly owner: string;
  readonly holds: string;
}

/** A seat or a match outlives every battle; it is a net for what nobody ever freed. */
const SAFETY_S = 86_400;

/**
 * Every key there is. `<…>` stands for a value; braces are literal, a Redis Cluster hash tag, so
 * that all keys of one script share a slot.
 */
export const keyTable = {
  account: {
    pattern: 'ac:<char_id>',
    type: 'document',
    lifeS: null,
    owner: 'AccountManager',
    holds: "a character's live session (AccountContext)",
  },
  lobby: {
    pattern: 'lobby:user:<user_id>',
    type: 'string',
    lifeS: 600,
    owner: 'AccountManager',
    holds: "the user's characters, a JSON array, cache-aside",
  },
  player: {
    pattern: 'player:<user_id>',
    type: 'hash',
    lifeS: null,
    owner: 'PlayerManager',
    holds: 'character (an id, or none), language',
  },
  memo: {
    pattern: 'memo:<kind>:<id>',
    type: 'string',
    lifeS: 'caller',
    owner: 'MemoManager',
    holds: 'a small JSON value that outlives the process',
  },
  chatScreen: {
    pattern: '{chat:<user_id>}:screen',
    type: 'string',
    lifeS: 30 * 86_400,
    owner: 'ChatManager',
    holds: 'the screen that the chat shows: message, digest, state, as JSON',
  },
  chatLock: {
    pattern: '{chat:<user_id>}:lock',
    type: 'string',
    lifeS: 'caller',
    owner: 'ChatManager',
    holds: 'the token of the process that writes into the chat',
  },
  queue: {
    pattern: '{arena}:queue:<mode>',
    type: 'zset',
    lifeS: null,
    owner: 'ArenaManager',
    holds: 'who waits, by GearScore',
  },
  since: {
    pattern: '{arena}:since:<mode>',
    type: 'zset',
    lifeS: null,
    owner: 'ArenaManager',
    holds: 'who waits, by start of the wait in ms',
  },
  request: {
    pattern: '{arena}:request:<char_id>',
    type: 'hash',
    lifeS: 300,
    owner: 'ArenaManager',
    holds: 'start_time in ms, gs, mode, user_id',
  },
  seat: {
    pattern: '{arena}:seat:<char_id>',
    type: 'string',
    lifeS: SAFETY_S,
    owner: 'ArenaManager',
    holds: 'the match or battle that the character is claimed for',
  },
  lastOpponent: {
    pattern: '{arena}:opponent:<char_id>',
    type: 'string',
    lifeS: 3_600,
    owner: 'ArenaManager',
    holds: 'whom the character was matched with last',
  },
  match: {
    pattern: '{arena}:match:<match_id>',
    type: 'hash',
    lifeS: SAFETY_S,
    owner: 'ArenaManager',
    holds: 'the claimed requests until their battle exists: moments',
  },
  matches: {
    pattern: '{arena}:matches',
    type: 'zset',
    lifeS: null,
    owner: 'ArenaManager',
    holds: 'matches without a battle, by time of the claim in ms',
  },
  battle: {
    pattern: '{combat:<battle_id>}:battle',
    type: 'hash',
    lifeS: 'caller',
    owner: 'BattleManager',
    holds: 'version and state (BattleRecord as JSON); its life begins when the battle has ended',
  },
  deadlines: {
    pattern: 'combat:deadlines',
    type: 'zset',
    lifeS: null,
    owner: 'BattleManager',
    holds: 'battles, by when somebody must look at them in ms',
  },
  timerHeartbeat: {
    pattern: 'combat:beat',
    type: 'hash',
    lifeS: null,
    owner: 'BattleManager',
    holds: 'at, when the deadlines were last looked after; from and to of the last outage; in ms',
  },
  updateHeartbeat: {
    pattern: 'bot:hearing',
    type: 'string',
    // As long as clocks may go unwatched before the bot counts as away.
    lifeS: 5,
    owner: 'UpdateHeartbeatManager',
    holds: 'that updates from Telegram reach some process: the form of the keys that it writes',
  },
  botId: {
    pattern: 'bot:id',
    type: 'string',
    // A bot that is away for longer has left its keys to the next.
    lifeS: 60,
    owner: 'BotIdManager',
    holds: 'the Telegram id of the bot whose keys these are',
  },
  dirty: {
    pattern: '{ledger}:owed:<kind>',
    type: 'zset',
    lifeS: null,
    owner: 'WriteBehindManager',
    holds:
      'sessions (char_id) or users (user_id) that the database does not know as they are, by since when in ms',
  },
  leased: {
    pattern: '{ledger}:taken:<kind>',
    type: 'zset',
    lifeS: null,
    owner: 'WriteBehindManager',
    holds: 'those that a process is writing down, by when another may in ms',
  },
  seen: {
    pattern: '{ledger}:seen',
    type: 'zset',
    lifeS: null,
    owner: 'WriteBehindManager',
    holds: 'characters with a live session, by when their player was last seen in ms',
  },
} as const satisfies Record<string, KeyRow>;

/** One builder per row of the table; no key is put together anywhere else. */
export const keys = {
  account: (charId: number) => `ac:${charId}`,
  lobby: (userId: number) => `lobby:user:${userId}`,
  player: (userId: number) => `player:${userId}`,
  memo: (kind: string, id: string) => `memo:${kind}:${id}`,
  chatScreen: (userId: number) => `{chat:${userId}}:screen`,
  chatLock: (userId: number) => `{chat:${userId}}:lock`,
  queue: (mode: Mode) => `{arena}:queue:${mode}`,
  since: (mode: Mode) => `{arena}:since:${mode}`,
  request: (charId: number) => `{arena}:request:${charId}`,
  seat: (charId: number) => `{arena}:seat:${charId}`,
  lastOpponent: (charId: number) => `{arena}:opponent:${charId}`,
  match: (matchId: string) => `{arena}:match:${matchId}`,
  matches: () => '{arena}:matches',
  battle: (battleId: string) => `{combat:${battleId}}:battle`,
  deadlines: () => 'combat:deadlines',
  timerHeartbeat: () => 'combat:beat',
  updateHeartbeat: () => 'bot:hearing',
  botId: () => 'bot:id',
  dirty: (kind: DirtyKind) => `{ledger}:owed:${kind}`,
  leased: (kind: DirtyKind) => `{ledger}:taken:${kind}`,
  seen: () => '{ledger}:seen',
} as const satisfies Record<keyof typeof keyTable, (...parts: never[]) => string>;
