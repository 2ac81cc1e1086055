import { boundedMap } from '../core/bounded-map.ts';
import { z } from 'zod';
import type { AccountContext } from '../account/account-context.ts';
import type { KnownUser } from '../account/hot-user-store.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { CombatService } from '../combat/combat-service.ts';
import { battleIdSchema } from '../combat/combat-action.ts';
import type { TapReads } from '../core/feature.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import type { ActionShape } from '../core/ui-payload.ts';
import type { ArenaPlayer } from './arena-player.ts';
import type { Place } from './arena-store.ts';

/** Reads that run concurrently; each part is awaited only by code that needs it. */
export interface PrefetchedTap {
  readonly player: Promise<KnownUser>;
  /** null: the tap names no battle. */
  readonly battle: Promise<BattleRecord | null> | null;
  /** The character that the user played last, as this process remembers; null: not read. */
  readonly character: PrefetchedCharacter | null;
}

export interface PrefetchedCharacter {
  readonly charId: number;
  readonly account: Promise<AccountContext | null>;
  /** null: the tap does not need it. */
  readonly place: Promise<Place> | null;
}

export interface TapReaderDeps {
  readonly features: Pick<FeatureRegistry<ArenaPlayer>, 'readsOf'>;
  readonly players: { getUser(userId: number): Promise<KnownUser> };
  readonly combat: Pick<CombatService, 'find' | 'findKnown'>;
  readonly accounts: { getFullAccount(charId: number): Promise<AccountContext | null> };
  readonly sessions: { getQueueStatus(charId: number, userId: number): Promise<Place> };
}

const REMEMBERED_USERS = 10_000;

/** Reads the data of a tap at once, guessing that its user still plays the same character. */
export class TapReader {
  readonly #deps: TapReaderDeps;
  readonly #characters = boundedMap<number, number>(REMEMBERED_USERS);

  constructor(deps: TapReaderDeps) {
    this.#deps = deps;
  }

  read(userId: number, action: ActionShape): PrefetchedTap {
    const { players, features } = this.#deps;
    const reads = features.readsOf(action);
    const character = this.#characterFor(userId, reads);
    const player = players.getUser(userId).then((user) => this.#remember(userId, user));
    return {
      player: ignoringRejection(player),
      character,
      battle: this.#battleFor(action, reads),
    };
  }

  #battleFor(action: ActionShape, reads: TapReads | null): PrefetchedTap['battle'] {
    const { combat } = this.#deps;
    const battleId = battleIdOf(action);
    if (battleId === null || (reads !== 'battle' && reads !== 'known_battle')) return null;
    return ignoringRejection(
      reads === 'battle' ? combat.find(battleId) : combat.findKnown(battleId),
    );
  }

  #characterFor(userId: number, reads: TapReads | null): PrefetchedCharacter | null {
    const charId = this.#characters.get(userId);
    if (charId === undefined || (reads !== 'account' && reads !== 'place')) return null;
    const { accounts, sessions } = this.#deps;
    return {
      charId,
      account: ignoringRejection(accounts.getFullAccount(charId)),
      place: reads === 'place' ? ignoringRejection(sessions.getQueueStatus(charId, userId)) : null,
    };
  }

  #remember(userId: number, user: KnownUser): KnownUser {
    if (typeof user.character === 'number') this.#characters.set(userId, user.character);
    else this.#characters.delete(userId);
    return user;
  }
}

const battleValueSchema = z.object({ battleId: battleIdSchema });

function battleIdOf({ value }: ActionShape): string | null {
  return battleValueSchema.safeParse(value).data?.battleId ?? null;
}

/** Keeps a rejected part that is never awaited from being an unhandled rejection. */
function ignoringRejection<T>(part: Promise<T>): Promise<T> {
  part.catch(() => undefined);
  return part;
}
