import { LRUCache } from 'lru-cache';
import type { AccountContext } from '../account/account-context.ts';
import type { KnownPlayer } from '../account/player-store.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { ArenaScreenAction } from './arena-screens.ts';
import type { Place } from './arena-store.ts';

/** What a tap needs, asked for together; whoever needs a part waits for that part. */
export interface KnownTap {
  readonly player: Promise<KnownPlayer>;
  /** The battle that the tap names; null: it names none. */
  readonly battle: Promise<BattleRecord | null> | null;
  /** The character that the user played last, as this process remembers; null: nothing was read. */
  readonly character: KnownCharacter | null;
}

export interface KnownCharacter {
  readonly charId: number;
  readonly account: Promise<AccountContext | null>;
  /** null: the tap does not need it. */
  readonly place: Promise<Place> | null;
}

export interface TapReaderDeps {
  readonly players: { getPlayer(userId: number): Promise<KnownPlayer> };
  readonly combat: { find(battleId: string): Promise<BattleRecord | null> };
  readonly accounts: { getFullAccount(charId: number): Promise<AccountContext | null> };
  readonly sessions: { getQueueStatus(charId: number): Promise<Place> };
}

const REMEMBERED = 10_000;
/** Taps that look at where the character is, and change nothing before. */
const looks: ReadonlySet<string> = new Set(['home', 'arena.menu', 'arena.mode']);
/** Taps that need the character's session, and change nothing before they read it. */
const sessionTaps: ReadonlySet<string> = new Set([...looks, 'arena.join', 'arena.check']);

/** Reads what a tap needs in one go, by the character that its user played last. */
export class TapReader {
  readonly #deps: TapReaderDeps;
  readonly #characters = new LRUCache<number, number>({ max: REMEMBERED });

  constructor(deps: TapReaderDeps) {
    this.#deps = deps;
  }

  read(userId: number, action: ArenaScreenAction): KnownTap {
    const { players, combat } = this.#deps;
    const battleId = battleIdOf(action);
    const character = this.#characterFor(userId, action);
    const player = quiet(players.getPlayer(userId).then((known) => this.#noted(userId, known)));
    return { player, character, battle: battleId === null ? null : quiet(combat.find(battleId)) };
  }

  #characterFor(userId: number, { action }: ArenaScreenAction): KnownCharacter | null {
    const charId = this.#characters.get(userId);
    if (charId === undefined || !sessionTaps.has(action)) return null;
    const { accounts, sessions } = this.#deps;
    return {
      charId,
      account: quiet(accounts.getFullAccount(charId)),
      place: looks.has(action) ? quiet(sessions.getQueueStatus(charId)) : null,
    };
  }

  #noted(userId: number, known: KnownPlayer): KnownPlayer {
    if (typeof known.character === 'number') this.#characters.set(userId, known.character);
    else this.#characters.delete(userId);
    return known;
  }
}

function battleIdOf(action: ArenaScreenAction): string | null {
  if (!action.action.startsWith('battle.') || !('value' in action)) return null;
  const { value } = action;
  return typeof value === 'object' && 'battleId' in value ? value.battleId : null;
}

/** A part that nobody waits for may fail unheard; whoever waits for it is told. */
function quiet<T>(part: Promise<T>): Promise<T> {
  part.catch(() => undefined);
  return part;
}
