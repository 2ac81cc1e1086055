import type { UserStore } from '../domains/account/user-store.ts';
import type { ArenaPlayer } from '../domains/arena/arena-player.ts';
import type { ActionRouter } from '../domains/arena/action-router.ts';
import type { TapReader } from '../domains/arena/tap-reader.ts';
import type { FeatureRegistry } from '../domains/core/feature-registry.ts';
import type { Log } from '../domains/core/log.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { CallbackCodec } from './callback-data.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { WrongType } from './wrong-type.ts';

/** What the bot's handlers are handed. */
export interface BotDeps {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly codec: CallbackCodec;
  readonly router: ActionRouter;
  readonly outbox: Outbox;
  readonly players: Pick<UserStore, 'getLanguage'>;
  readonly taps: Pick<TapReader, 'read'>;
  readonly memos: MemoStore;
  /** Whether an error means that what is kept for good cannot be asked now. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Why Redis could not do what it was asked, in a word; null if that is not what went wrong. */
  readonly redisOutageOf: (error: unknown) => string | null;
  /** Which keys hold a value of another type than ours; null if that is not what went wrong. */
  readonly wrongTypeOf: (error: unknown) => WrongType | null;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly log: Log;
}
