import type { DirtyKind } from '../domains/account/write-behind-queue.ts';
import type { Mode } from '../domains/core/mode.ts';
import type { Group } from '../domains/rating/ladder.ts';

/** The type of a key. A `document` is ReJSON-RL to the JSON module, without it a string of JSON. */
export type KeyType = 'document' | 'string' | 'hash' | 'zset';

export interface KeyRow {
  readonly pattern: string;
  readonly type: KeyType;
  /** TTL in seconds; null: none, 'caller': given with each value. */
  readonly lifeS: number | null | 'caller';
}

/** A seat or a match outlives every battle: this TTL only removes what a bug left behind. */
const SAFETY_S = 86_400;

/**
 * Every key there is, with the one class that writes it. `<…>` stands for a value; braces are literal,
 * a Redis Cluster hash tag, so that all keys of one script share a slot.
 */
export const keyTable = {
  /** AccountManager: a character's live session (AccountContext). */
  account: { pattern: 'ac:<char_id>', type: 'document', lifeS: null },
  /** AccountManager: a cache of the user's characters, a JSON array. */
  lobby: { pattern: 'lobby:user:<user_id>', type: 'string', lifeS: 600 },
  /** PlayerManager: character (an id, or none), language. */
  player: { pattern: 'player:<user_id>', type: 'hash', lifeS: null },
  /** InventoryManager: an open bag (Inventory as JSON), let live on by each look. */
  inventory: { pattern: 'inv:<inventory_id>', type: 'string', lifeS: 900 },
  /** MemoManager: a small JSON value that outlives the process. */
  memo: { pattern: 'memo:<kind>:<id>', type: 'string', lifeS: 'caller' },
  /** ChatManager: the screen that the chat shows: message, digest, state, as JSON. */
  chatScreen: { pattern: '{chat:<user_id>}:screen', type: 'string', lifeS: 30 * 86_400 },
  /** ChatManager: the token of the process that writes into the chat. */
  chatLock: { pattern: '{chat:<user_id>}:lock', type: 'string', lifeS: 'caller' },
  /** ArenaManager: waiting characters by GearScore. */
  queue: { pattern: '{arena}:queue:<mode>', type: 'zset', lifeS: null },
  /** ArenaManager: waiting characters by start of the wait in ms. */
  since: { pattern: '{arena}:since:<mode>', type: 'zset', lifeS: null },
  /** ArenaManager: start_time in ms, gs, mode, user_id. */
  request: { pattern: '{arena}:request:<char_id>', type: 'hash', lifeS: 300 },
  /** ArenaManager: the match or battle that the character is claimed for. */
  seat: { pattern: '{arena}:seat:<char_id>', type: 'string', lifeS: SAFETY_S },
  /** ArenaManager: the char_ids that a match seats, as "1,2": finds them if their battle is lost. */
  sides: { pattern: '{arena}:sides:<match_id>', type: 'string', lifeS: SAFETY_S },
  /** ArenaManager: the id of the previous opponent. */
  lastOpponent: { pattern: '{arena}:opponent:<char_id>', type: 'string', lifeS: 3_600 },
  /** ArenaManager: the users whom the user of a character that waits, or was just matched, has blocked, as ",7,12,". */
  blocked: { pattern: '{arena}:blocked:<char_id>', type: 'string', lifeS: 300 },
  /** SearchesManager: searches that ended (GearScore, wait, how) by time in ms, as JSON, without names and ids. */
  searches: { pattern: '{arena}:searches:<mode>', type: 'zset', lifeS: 3_600 },
  /** SearchesManager: when requests of the last day expired, in ms; each by a random name. */
  expired: { pattern: '{arena}:expired', type: 'zset', lifeS: 86_400 },
  /** ArenaManager: the claimed requests until their battle exists, which takes moments. */
  match: { pattern: '{arena}:match:<match_id>', type: 'hash', lifeS: SAFETY_S },
  /** ArenaManager: matches without a battle by time of the claim in ms. */
  matches: { pattern: '{arena}:matches', type: 'zset', lifeS: null },
  /** BattleManager: version and state (BattleRecord as JSON); the TTL is set when the battle ends. */
  battle: { pattern: '{combat:<battle_id>}:battle', type: 'hash', lifeS: 'caller' },
  /** BattleManager: battles by the time of their next check in ms. */
  deadlines: { pattern: 'combat:deadlines', type: 'zset', lifeS: null },
  /** BattleManager: `at`, the last check of the timers; `from` and `to` of the last downtime; in ms. */
  timerHeartbeat: { pattern: 'combat:beat', type: 'hash', lifeS: null },
  /**
   * UpdateHeartbeatManager: present while a process receives updates from Telegram; holds the version
   * of the key format. Lives as long as timers may go unchecked before the bot counts as down.
   */
  updateHeartbeat: { pattern: 'bot:hearing', type: 'string', lifeS: 5 },
  /** DrainManager: present while an operator drains the arena. */
  drain: { pattern: '{arena}:drain', type: 'string', lifeS: null },
  /** BotIdManager: the Telegram id of the bot; a bot that is down for longer loses its keys to the next. */
  botId: { pattern: 'bot:id', type: 'string', lifeS: 60 },
  /**
   * LadderManager: a list of the best: char_ids by number and when it was reached; see `scoreOf`. The scope is a
   * season or `ever`, with `next-` before it while the list is made.
   */
  list: { pattern: '{board}:list:<scope>:<group>', type: 'zset', lifeS: 180 },
  /** LadderManager: the names of all characters in the lists of a scope, each as JSON. */
  listNames: { pattern: '{board}:names:<scope>', type: 'hash', lifeS: 180 },
  /** LadderManager: present while the lists are new enough, or a process makes them. */
  listsMade: { pattern: '{board}:made', type: 'string', lifeS: 60 },
  /** The highest character number ever given, in whatever database. */
  characterNumber: { pattern: 'character:highest', type: 'string', lifeS: null },
  /** WriteBehindManager: char_ids or user_ids not yet saved to the database, by time of the change in ms. */
  dirty: { pattern: '{ledger}:owed:<kind>', type: 'zset', lifeS: null },
  /** WriteBehindManager: ids that a process is saving, by end of its lease in ms. */
  leased: { pattern: '{ledger}:taken:<kind>', type: 'zset', lifeS: null },
  /** WriteBehindManager: characters with a live session by when their player was last seen in ms. */
  seen: { pattern: '{ledger}:seen', type: 'zset', lifeS: null },
} as const satisfies Record<string, KeyRow>;

/** One builder per row of the table; keys are built nowhere else. */
export const keys = {
  account: (charId: number) => `ac:${charId}`,
  lobby: (userId: number) => `lobby:user:${userId}`,
  player: (userId: number) => `player:${userId}`,
  inventory: (inventoryId: string) => `inv:${inventoryId}`,
  memo: (kind: string, id: string) => `memo:${kind}:${id}`,
  chatScreen: (userId: number) => `{chat:${userId}}:screen`,
  chatLock: (userId: number) => `{chat:${userId}}:lock`,
  queue: (mode: Mode) => `{arena}:queue:${mode}`,
  since: (mode: Mode) => `{arena}:since:${mode}`,
  request: (charId: number) => `{arena}:request:${charId}`,
  seat: (charId: number) => `{arena}:seat:${charId}`,
  sides: (matchId: string) => `{arena}:sides:${matchId}`,
  lastOpponent: (charId: number) => `{arena}:opponent:${charId}`,
  blocked: (charId: number) => `{arena}:blocked:${charId}`,
  searches: (mode: Mode) => `{arena}:searches:${mode}`,
  expired: () => '{arena}:expired',
  match: (matchId: string) => `{arena}:match:${matchId}`,
  matches: () => '{arena}:matches',
  battle: (battleId: string) => `{combat:${battleId}}:battle`,
  deadlines: () => 'combat:deadlines',
  timerHeartbeat: () => 'combat:beat',
  updateHeartbeat: () => 'bot:hearing',
  drain: () => '{arena}:drain',
  botId: () => 'bot:id',
  list: (scope: string, group: Group) => `{board}:list:${scope}:${group}`,
  listNames: (scope: string) => `{board}:names:${scope}`,
  listsMade: () => '{board}:made',
  characterNumber: () => 'character:highest',
  dirty: (kind: DirtyKind) => `{ledger}:owed:${kind}`,
  leased: (kind: DirtyKind) => `{ledger}:taken:${kind}`,
  seen: () => '{ledger}:seen',
} as const satisfies Record<keyof typeof keyTable, (...parts: never[]) => string>;
