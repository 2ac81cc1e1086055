import type { AccountContext } from '../account/account-context.ts';
import type { AccountSessionService } from '../account/account-session-service.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import type { CombatService } from '../combat/combat-service.ts';
import { sideOfCharacter } from '../combat/battle-session.ts';
import { levelsUpTo } from '../combat/shadow.ts';
import type { ShadowLevels } from '../combat/shadow-levels.ts';
import type { Standings } from '../combat/standings.ts';
import type { Announcer } from '../core/announcer.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { type Mode, modes } from '../core/mode.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type TextKey, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { WaitingLine } from '../core/waiting-line.ts';
import type { Chances } from '../rating/chances.ts';
import {
  type ArenaPayload,
  duelScreen,
  mainMenuScreen,
  matchFoundScreen,
  modeMenuScreen,
  pausedScreen,
  searchScreen,
} from './arena-screens.ts';
import { CountsReader } from './arena-counts.ts';
import type { JoinReply } from './arena-entries.ts';
import type { ArenaSessionService, RequestMeta } from './arena-session-service.ts';
import type { Drain } from './drain.ts';
import type { ArenaStore, Match, Place, QueueRequest, Waiting } from './arena-store.ts';
import { MatchedBattles } from './matched-battles.ts';
import { NotLoggedInError } from './not-logged-in-error.ts';
import type { SearchForecast } from './search-forecast.ts';
import { trainingScreen } from './training-screen.ts';

/** Data that the caller has read already; what is absent is read when it is needed. */
export interface Prefetched {
  readonly place?: Place;
  readonly currentScreen?: () => Promise<UiPayload>;
}

export interface CheckOptions {
  /** The user who asks; null if unknown. */
  readonly userId?: number | null;
  /** The Shadow comes now if nobody else does. */
  readonly waivesWait?: boolean;
}

export interface ArenaDeps {
  readonly sessions: ArenaSessionService;
  readonly combat: CombatService;
  readonly accounts: AccountStore;
  readonly live: Pick<AccountSessionService, 'getOrRestore'>;
  readonly queues: Pick<ArenaStore, 'queueSize'>;
  readonly levels: Pick<ShadowLevels, 'reachedBy'>;
  readonly standings: Pick<Standings, 'beforeBattle'>;
  readonly chances: Pick<Chances, 'of'>;
  readonly forecast: Pick<SearchForecast, 'of'>;
  readonly announcer: Announcer;
  readonly drain: Pick<Drain, 'isOn'>;
  /** The current screen of a character, in whichever feature it is. */
  readonly currentScreen: (charId: number) => Promise<UiPayload>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

/** Battles that a wave makes at once. */
const AT_ONCE = 16;

/** All are done when one has failed, too. */
async function severalAtOnce<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const line = new WaitingLine(AT_ONCE);
  const done = await Promise.allSettled(all.map((one) => line.run(() => act(one))));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Decides in menus, queue and match, and makes their screens. */
export class ArenaService {
  readonly #deps: ArenaDeps;
  readonly #battles: MatchedBattles;
  readonly #logged = new LogOnce();
  readonly #counts: CountsReader;
  #lastWaveMs: number;

  constructor(deps: ArenaDeps) {
    this.#deps = deps;
    this.#battles = new MatchedBattles(deps);
    const { queues, combat: battles, clock } = deps;
    this.#counts = new CountsReader({ queues, battles, clock });
    this.#lastWaveMs = deps.clock.now();
  }

  async getMainMenu(charId: number, { currentScreen }: Prefetched = {}): Promise<Reply> {
    return shown(await (currentScreen?.() ?? this.#deps.currentScreen(charId)));
  }

  async getModeMenu(charId: number, mode: Mode, prefetched: Prefetched = {}): Promise<Reply> {
    const { sessions, queues } = this.#deps;
    const place = prefetched.place ?? (await sessions.getQueueStatus(charId));
    if (place.kind !== 'nowhere') return this.getMainMenu(charId, prefetched);
    const gs = await sessions.getGearScore(charId);
    return shown(modeMenuScreen(mode, { gs, waiting: await queues.queueSize(mode) }));
  }

  /** Joins the queue and looks for an opponent at once. Raises NotLoggedInError. */
  async joinQueue(charId: number, mode: Mode): Promise<Reply> {
    if (this.#deps.drain.isOn()) return this.#refuse(charId, 'arena.notice.draining');
    return this.#showJoined(charId, mode, await this.#deps.sessions.joinQueue(charId, mode));
  }

  async #showJoined(charId: number, mode: Mode, joined: JoinReply): Promise<Reply> {
    if (joined.kind === 'not_ready') throw new NotLoggedInError(charId);
    if (joined.kind === 'seated') return this.#refuse(charId, 'arena.notice.fighting');
    if (joined.kind === 'already_queued')
      return this.#refuse(charId, 'arena.notice.already_queued');
    if (joined.kind === 'paused') return shown(pausedScreen(mode, joined.untilMs));
    return this.#showMatch(charId, joined.match);
  }

  /** Starts a fight at the only level that is reached, or shows the levels. Raises NotLoggedInError. */
  async getTraining(charId: number, mode: Mode, prefetched: Prefetched = {}): Promise<Reply> {
    const { sessions, levels } = this.#deps;
    const place = prefetched.place ?? (await sessions.getQueueStatus(charId));
    if (place.kind !== 'nowhere') return this.getMainMenu(charId, prefetched);
    if (this.#deps.drain.isOn()) return this.#refuse(charId, 'arena.notice.draining');
    const reached = await levels.reachedBy(charId);
    if (reached !== 'novice') return shown(trainingScreen(mode, reached));
    return this.#showJoined(charId, mode, await sessions.startTraining(charId, mode, reached));
  }

  /** Starts a fight against the Shadow at once, at the level or at the highest reached one below it. */
  async train(charId: number, mode: Mode, level: ShadowLevel): Promise<Reply> {
    const { sessions, levels, drain } = this.#deps;
    if (drain.isOn()) return this.#refuse(charId, 'arena.notice.draining');
    const reached = (await levels.reachedBy(charId)) ?? level;
    const fought = levelsUpTo(reached).includes(level) ? level : reached;
    return this.#showJoined(charId, mode, await sessions.startTraining(charId, mode, fought));
  }

  /** Looks for an opponent now, and takes the Shadow once the wait is over or waived. */
  async checkMatch(
    charId: number,
    mode: Mode,
    { userId = null, waivesWait = false }: CheckOptions = {},
  ): Promise<Reply> {
    const { sessions, drain } = this.#deps;
    if (drain.isOn()) return this.#refuse(charId, 'arena.notice.draining');
    const wait = await sessions.checkTimeout(charId, userId);
    if (wait === null) return this.#showNotQueued(charId);
    const found = await sessions.findOpponent(charId, mode, wait.request);
    const isShadowDue = found === null && (waivesWait || wait.timedOut);
    const match = isShadowDue ? await sessions.prepareMatch(wait.request, null) : found;
    if (match === null)
      return refused(text('arena.notice.looking'), await this.getSearchScreen(wait.request));
    // Another process claimed the character and announces its battle: no search screen over it.
    return typeof match === 'string' ? this.#showNotQueued(charId) : this.#showMatch(charId, match);
  }

  async #showNotQueued(charId: number): Promise<Reply> {
    const { sessions, currentScreen } = this.#deps;
    const { kind } = await sessions.getQueueStatus(charId);
    const payload = await currentScreen(charId);
    if (kind === 'seated') return shown(payload);
    const notice = kind === 'waiting' ? 'arena.notice.looking' : 'arena.notice.not_queued';
    return refused(text(notice), payload);
  }

  async cancelQueue(charId: number, mode: Mode): Promise<Reply> {
    const left = await this.#deps.sessions.leaveQueue(charId, mode);
    if (left === 'seated') return this.#refuse(charId, 'arena.notice.too_late');
    if (left === 'not_queued') return this.#refuse(charId, 'arena.notice.not_queued');
    return shown(await this.#deps.currentScreen(charId));
  }

  /** Runs every second: expired requests, pairs, Shadows, and matches whose process died. */
  async wave(): Promise<void> {
    const { sessions, combat, clock, log } = this.#deps;
    const lastWaveMs = this.#lastWaveMs;
    this.#lastWaveMs = clock.now();
    for (const mode of modes) {
      const waiting = await this.#matchAll(mode);
      await this.#announceWidening(waiting, lastWaveMs);
    }
    for (const id of await sessions.dropUnreadableMatches()) await combat.releaseLostBattle(id);
    const finish = async (match: Match) => {
      if (this.#logged.isFirst(match.id)) log.warn({ matchId: match.id }, 'abandoned match found');
      await this.#battles.tryCreate(match);
    };
    await severalAtOnce(await sessions.getAbandonedMatches(), finish);
  }

  /** Answers the requests that are still waiting. A battle is created right after its claim. */
  async #matchAll(mode: Mode): Promise<Waiting[]> {
    const { sessions, drain } = this.#deps;
    for (const charId of await sessions.dropExpired(mode))
      await this.#announceEnd(charId, 'arena.notice.expired');
    if (drain.isOn()) return this.#emptyQueue(mode);
    const waiting = await sessions.getOldest(mode);
    const claimed = new Set<number>();
    const isFree = ({ charId }: Waiting) => !claimed.has(charId);
    const claim = async (seeker: Waiting, opponent: Waiting | null) => {
      const match = await sessions.prepareMatch(seeker, opponent);
      if (typeof match === 'string') return;
      for (const { charId } of [seeker, opponent ?? seeker]) claimed.add(charId);
      await this.#battles.tryCreate(match);
    };
    await severalAtOnce(sessions.pairsOf(waiting), (pair) => claim(...pair));
    const alone = sessions.dueForShadow(waiting.filter(isFree));
    await severalAtOnce(alone, (one) => claim(one, null));
    return waiting.filter(isFree);
  }

  /** While the arena is drained nobody waits. */
  async #emptyQueue(mode: Mode): Promise<Waiting[]> {
    const { sessions } = this.#deps;
    for (const { charId } of await sessions.getOldest(mode)) {
      const left = await sessions.leaveQueue(charId, mode);
      if (left === 'left') await this.#announceEnd(charId, 'arena.notice.draining');
    }
    return [];
  }

  async #announceWidening(waiting: readonly Waiting[], sinceMs: number): Promise<void> {
    const { sessions, announcer } = this.#deps;
    for (const meta of await sessions.getWidened(waiting, sinceMs)) {
      const { userId } = meta.request;
      if (userId === null) continue;
      const screen = await this.#searchScreenOf(meta);
      announcer.announce(userId, screen, { delivery: 'ambient', cause: 'clock' });
    }
  }

  /** A failure concerns this character alone: the wave goes on for the others. */
  async #announceEnd(charId: number, why: TextKey): Promise<void> {
    const { accounts, currentScreen, announcer, log } = this.#deps;
    try {
      const userId = (await accounts.getFullAccount(charId))?.user_id ?? null;
      if (userId === null) return;
      const notice = text(why);
      announcer.announce(
        userId,
        { ...(await currentScreen(charId)), notice },
        { delivery: 'edit', cause: 'clock' },
      );
    } catch (error) {
      log.error({ charId, err: error }, 'expiry announcement failed');
    }
  }

  async #showMatch(charId: number, match: Match | null): Promise<Reply> {
    const record = match === null ? null : await this.#battles.create(match, true);
    const side = record === null ? null : sideOfCharacter(record, charId);
    if (record !== null && side !== null) return shown(duelScreen(record, side));
    return shown(await this.#deps.currentScreen(charId));
  }

  async #refuse(charId: number, notice: TextKey): Promise<Reply> {
    return refused(text(notice), await this.#deps.currentScreen(charId));
  }

  async getSearchScreen(request: QueueRequest): Promise<ArenaPayload> {
    return this.#searchScreenOf(this.#deps.sessions.describe(request));
  }

  async #searchScreenOf(meta: RequestMeta): Promise<ArenaPayload> {
    const { mode, gs } = meta.request;
    const { forecast } = this.#deps;
    const [counts, expected] = await Promise.all([this.#counts.read(mode), forecast.of(mode, gs)]);
    return searchScreen(meta, counts, expected);
  }

  /** The screen of a match that has no battle yet; null if its battle is over. */
  async getMatchScreen(charId: number, battleId: string): Promise<ArenaPayload | null> {
    // A seat in a battle that does not exist would keep its character out of the arena.
    const freed = await this.#deps.combat.releaseLostBattle(battleId, [charId]);
    if (freed.includes(charId))
      return { ...(await this.getMainMenuScreen(charId)), notice: text('battle.notice.lost') };
    const place = await this.#deps.sessions.getQueueStatus(charId);
    const isSeated = place.kind === 'seated' && place.battleId === battleId;
    return isSeated ? matchFoundScreen(battleId) : null;
  }

  /** `known`: the account as the caller has just read it. Raises NotLoggedInError. */
  async getMainMenuScreen(
    charId: number,
    known: AccountContext | null = null,
  ): Promise<ArenaPayload> {
    const account = known ?? (await this.#deps.accounts.getFullAccount(charId));
    if (account === null) throw new NotLoggedInError(charId);
    const menu = mainMenuScreen(account);
    return this.#deps.drain.isOn() ? { ...menu, notice: text('arena.notice.draining') } : menu;
  }
}
