import type { UserStore } from '../domains/account/user-store.ts';
import type { ArenaPlayer } from '../domains/arena/arena-player.ts';
import type { ActionRouter } from '../domains/arena/action-router.ts';
import type { TapReader } from '../domains/arena/tap-reader.ts';
import type { FeatureRegistry } from '../domains/core/feature-registry.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { Metrics } from '../domains/core/metrics.ts';
import type { CallbackCodec } from './callback-data.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Timing } from './timing.ts';

/** A command that met a value of an unexpected type, and the keys that it names. */
export interface WrongType {
  readonly keys: readonly string[];
  readonly command: string;
  readonly cure: string;
}

export interface BotDeps {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly codec: CallbackCodec;
  readonly router: ActionRouter;
  readonly outbox: Outbox;
  readonly players: Pick<UserStore, 'getLanguage'>;
  readonly memos: MemoStore;
  readonly taps: Pick<TapReader, 'read'>;
  /** Whether an error means that the database is unavailable. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Why Redis was unavailable, in a word; null for every other error. */
  readonly redisOutageOf: (error: unknown) => string | null;
  readonly wrongTypeOf: (error: unknown) => WrongType | null;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** A user has sent something. */
  readonly onSeen: (userId: number) => void;
  /** Measures how long a user who floods is slowed down. */
  readonly timing: Timing;
}
