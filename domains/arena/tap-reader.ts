import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { AccountContext } from '../account/account-context.ts';
import type { KnownPlayer } from '../account/player-store.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { battleIdSchema } from '../combat/combat-action.ts';
import type { TapReads } from '../core/feature.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import type { ActionShape } from '../core/ui-payload.ts';
import type { ArenaPlayer } from './arena-player.ts';
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
  readonly features: Pick<FeatureRegistry<ArenaPlayer>, 'readsOf'>;
  readonly players: { getPlayer(userId: number): Promise<KnownPlayer> };
  readonly combat: { find(battleId: string): Promise<BattleRecord | null> };
  readonly accounts: { getFullAccount(charId: number): Promise<AccountContext | null> };
  readonly sessions: { getQueueStatus(charId: number): Promise<Place> };
}

const REMEMBERED = 10_000;

/** Reads what a tap needs in one go, by the character that its user played last. */
export class TapReader {
  readonly #deps: TapReaderDeps;
  readonly #characters = new LRUCache<number, number>({ max: REMEMBERED });

  constructor(deps: TapReaderDeps) {
    this.#deps = deps;
  }

  read(userId: number, action: ActionShape): KnownTap {
    const { players, combat, features } = this.#deps;
    const reads = features.readsOf(action);
    const battleId = reads === 'battle' ? battleIdOf(action) : null;
    const character = this.#characterFor(userId, reads);
    const player = quiet(players.getPlayer(userId).then((known) => this.#noted(userId, known)));
    return { player, character, battle: battleId === null ? null : quiet(combat.find(battleId)) };
  }

  #characterFor(userId: number, reads: TapReads | null): KnownCharacter | null {
    const charId = this.#characters.get(userId);
    if (charId === undefined || (reads !== 'account' && reads !== 'place')) return null;
    const { accounts, sessions } = this.#deps;
    return {
      charId,
      account: quiet(accounts.getFullAccount(charId)),
      place: reads === 'place' ? quiet(sessions.getQueueStatus(charId)) : null,
    };
  }

  #noted(userId: number, known: KnownPlayer): KnownPlayer {
    if (typeof known.character === 'number') this.#characters.set(userId, known.character);
    else this.#characters.delete(userId);
    return known;
  }
}

const namesBattle = z.object({ battleId: battleIdSchema });

function battleIdOf({ value }: ActionShape): string | null {
  return namesBattle.safeParse(value).data?.battleId ?? null;
}

/** A part that nobody waits for may fail unheard; whoever waits for it is told. */
function quiet<T>(part: Promise<T>): Promise<T> {
  part.catch(() => undefined);
  return part;
}
