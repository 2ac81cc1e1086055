import type { AccountContext } from '../account/account-context.ts';
import type { AccountSessionService } from '../account/account-session-service.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { CombatService } from '../combat/combat-service.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { type SideSetup, sideOfCharacter } from '../combat/battle-session.ts';
import type { Announcer } from '../core/announcer.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Log } from '../core/log.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import { type Mode, modes } from '../core/mode.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type TextKey, text } from '../core/text.ts';
import { LogOnce } from '../core/log-once.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { SingleFlight } from '../core/single-flight.ts';
import { duelScreen } from './duel-screen.ts';
import { SearchAnnouncer } from './search-announcer.ts';
import { sideSetupOf } from './side-setup.ts';
import {
  type ArenaPayload,
  matchFoundScreen,
  mainMenuScreen,
  modeMenuScreen,
  searchScreen,
} from './arena-screens.ts';
import type { ArenaSessionService } from './arena-session-service.ts';
import type { ArenaStore, Match, Place, QueueRequest, Waiting } from './arena-store.ts';
import { NotLoggedInError } from './not-logged-in-error.ts';

/** What has just been read of a character; what is absent is read when it is needed. */
export interface Prefetched {
  readonly place?: Place;
  /** The present screen of what has been read. */
  readonly look?: () => Promise<UiPayload>;
}

export interface ArenaDeps {
  readonly sessions: ArenaSessionService;
  readonly combat: CombatService;
  readonly accounts: AccountStore;
  readonly live: Pick<AccountSessionService, 'getOrRestore'>;
  readonly queues: Pick<ArenaStore, 'queueSize'>;
  readonly announcer: Announcer;
  /** The present screen of a character, wherever it is. */
  readonly presentScreen: (charId: number) => Promise<UiPayload>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

/** The arena's decisions, and the birthplace of its screens. */
export class ArenaService {
  readonly #deps: ArenaDeps;
  readonly #battles = new SingleFlight<BattleRecord | null>();
  readonly #logged = new LogOnce();
  readonly #searches: SearchAnnouncer;
  #lastWaveMs: number;

  constructor(deps: ArenaDeps) {
    this.#deps = deps;
    this.#searches = new SearchAnnouncer(deps);
    this.#lastWaveMs = deps.clock.now();
  }

  async getMainMenu(charId: number, { look }: Prefetched = {}): Promise<Reply> {
    return shown(await (look?.() ?? this.#deps.presentScreen(charId)));
  }

  async getModeMenu(charId: number, mode: Mode, seen: Prefetched = {}): Promise<Reply> {
    const place = seen.place ?? (await this.#deps.sessions.getQueueStatus(charId));
    if (place.kind !== 'nowhere') return this.getMainMenu(charId, seen);
    const gs = await this.#deps.sessions.getGearScore(charId);
    return shown(modeMenuScreen(mode, { gs, waiting: await this.#deps.queues.queueSize(mode) }));
  }

  /** Takes a place in the queue and tries for an opponent at once. */
  async joinQueue(charId: number, mode: Mode): Promise<Reply> {
    const joined = await this.#deps.sessions.joinQueue(charId, mode);
    if (joined.kind === 'not_ready')
      throw new NotLoggedInError(`Character ${charId} has no session fit for the arena`);
    if (joined.kind === 'seated') return this.#refusal(charId, 'arena.notice.fighting');
    if (joined.kind === 'already_queued')
      return this.#refusal(charId, 'arena.notice.already_queued');
    return this.#showMatch(charId, joined.match);
  }

  /** The button and the safety net: looks for an opponent now, and lets the Shadow in when due. */
  async checkMatch(charId: number, mode: Mode): Promise<Reply> {
    const timeout = await this.#deps.sessions.checkTimeout(charId);
    if (timeout === null) return this.#notQueued(charId);
    const { sessions } = this.#deps;
    const opponent = await sessions.findOpponent(charId, mode, timeout.request);
    const shadow = async () =>
      timeout.timedOut ? sessions.prepareMatch(timeout.request, null) : null;
    const isGone = opponent === 'seeker_gone';
    const match = opponent === null || isGone ? await shadow() : opponent;
    if (match !== null && typeof match !== 'string') return this.#showMatch(charId, match);
    // Whoever claimed the character announces the battle: the search screen must not overwrite it.
    if (match === 'seeker_gone' || isGone) return this.#notQueued(charId);
    return refused(text('arena.notice.looking'), searchScreen(sessions.describe(timeout.request)));
  }

  /** A check of a character that does not wait: it fights, or is somewhere else. */
  async #notQueued(charId: number): Promise<Reply> {
    const place = await this.#deps.sessions.getQueueStatus(charId);
    const payload = await this.#deps.presentScreen(charId);
    if (place.kind === 'seated') return shown(payload);
    const isWaiting = place.kind === 'waiting';
    return refused(text(isWaiting ? 'arena.notice.looking' : 'arena.notice.not_queued'), payload);
  }

  async cancelQueue(charId: number, mode: Mode): Promise<Reply> {
    const left = await this.#deps.sessions.leaveQueue(charId, mode);
    if (left === 'seated') return this.#refusal(charId, 'arena.notice.too_late');
    if (left === 'not_queued') return this.#refusal(charId, 'arena.notice.not_queued');
    return shown(await this.#deps.presentScreen(charId));
  }

  /** One step of the 1 s wave: expiries, couples, Shadows, and what dead processes left. */
  async wave(): Promise<void> {
    const lastWaveMs = this.#lastWaveMs;
    this.#lastWaveMs = this.#deps.clock.now();
    for (const mode of modes) {
      const alone = await this.#waveOf(mode);
      await this.#searches.announceWidening(alone, lastWaveMs);
    }
    for (const id of await this.#deps.sessions.dropUnreadableMatches()) {
      await this.#deps.combat.releaseLostBattle(id);
    }
    for (const match of await this.#deps.sessions.getAbandonedMatches()) {
      if (this.#logged.isFirst(match.id))
        this.#deps.log.warn({ matchId: match.id }, 'a claimed match had no battle; making it now');
      await this.#tryCreateBattle(match);
    }
  }

  /** Answers who waits on; they are read once. Each battle is made right after its claim. */
  async #waveOf(mode: Mode): Promise<Waiting[]> {
    const { sessions } = this.#deps;
    for (const charId of await sessions.dropExpired(mode))
      await this.#searches.announceExpiry(charId);
    const waiting = await sessions.getOldest(mode);
    const couples = sessions.pairsOf(waiting);
    const matched: Match[] = [];
    for (const couple of couples) matched.push(...(await this.#tryMatch(...couple)));
    const single = without(waiting, matched);
    const shadowed: Match[] = [];
    for (const one of sessions.dueForShadow(single))
      shadowed.push(...(await this.#tryMatch(one, null)));
    return without(single, shadowed);
  }

  /** Claims and makes the battle; answers the match, or nothing if a side is gone. */
  async #tryMatch(seeker: Waiting, opponent: Waiting | null): Promise<Match[]> {
    const match = await this.#deps.sessions.prepareMatch(seeker, opponent);
    if (typeof match === 'string') return [];
    await this.#tryCreateBattle(match);
    return [match];
  }

  async #showMatch(charId: number, match: Match | null): Promise<Reply> {
    const record = match === null ? null : await this.#createBattle(match);
    const side = record === null ? null : sideOfCharacter(record, charId);
    if (record !== null && side !== null) return shown(duelScreen(record, side));
    return shown(await this.#deps.presentScreen(charId));
  }

  /** A failure leaves the match pending: the next wave takes it up. */
  async #tryCreateBattle(match: Match): Promise<void> {
    try {
      await this.#createBattle(match);
    } catch (error) {
      // A newer release has written a side's session: it makes the battle.
      if (error instanceof NewerRecordError) return;
      if (!this.#logged.isFirst(`${match.id} ${String(error)}`)) return;
      this.#deps.log.error(
        { matchId: match.id, err: error },
        'a battle could not be made; the wave tries again',
      );
    }
  }

  /** Of two who joined at once both ask for their battle: here it is made once. */
  #createBattle(match: Match): Promise<BattleRecord | null> {
    return this.#battles.run(match.id, () => this.#makeBattle(match));
  }

  /** Makes the claimed match a battle; null if a side has no session and the other waits again. */
  async #makeBattle(match: Match): Promise<BattleRecord | null> {
    const { sessions, combat, entropy } = this.#deps;
    const first = await this.#setupOf(match.seeker);
    const second = match.opponent === null ? null : await this.#setupOf(match.opponent);
    const ready = [first, second].flatMap((setup) => (setup === null ? [] : [setup.charId]));
    if (first === null || (match.opponent !== null && second === null)) {
      return this.#cancelMatch(match, ready);
    }
    const { id, mode } = match;
    const battle = await combat.startBattle({ id, seed: entropy.seed(), mode, first, second });
    if (battle === null) return this.#cancelMatch(match, ready);
    await sessions.settleMatch(match.id);
    return battle;
  }

  /**
   * Whoever is ready waits again. Another process may be making the battle at this very moment: it
   * is forestalled first, or, where it exists, has come about.
   */
  async #cancelMatch(match: Match, keep: readonly number[]): Promise<null> {
    const { sessions, combat, log } = this.#deps;
    if (!(await combat.preventCreation(match.id))) {
      await sessions.settleMatch(match.id);
      return null;
    }
    log.warn(
      { matchId: match.id, keep },
      'a side of the match has no session; the other waits again',
    );
    await sessions.cancelMatch(match, keep);
    return null;
  }

  async #setupOf(request: QueueRequest): Promise<SideSetup | null> {
    // A session that was closed, or lost, while its character waited is the database's to give back.
    const account = await this.#deps.live.getOrRestore(request.charId);
    return account === null ? null : sideSetupOf(request, account);
  }

  async #refusal(charId: number, notice: TextKey): Promise<Reply> {
    return refused(text(notice), await this.#deps.presentScreen(charId));
  }

  /** The search of a character that waits. */
  getSearchScreen(request: QueueRequest): ArenaPayload {
    return searchScreen(this.#deps.sessions.describe(request));
  }

  /** A match that is claimed and has no battle yet; null if the battle is over. */
  async getMatchScreen(charId: number, battleId: string): Promise<ArenaPayload | null> {
    // A seat whose battle nobody remembers would keep its character out of the arena.
    const freed = await this.#deps.combat.releaseLostBattle(battleId);
    if (freed.includes(charId))
      return { ...(await this.getMainMenuScreen(charId)), notice: text('battle.notice.lost') };
    const place = await this.#deps.sessions.getQueueStatus(charId);
    return place.kind === 'seated' && place.battleId === battleId
      ? matchFoundScreen(battleId)
      : null;
  }

  /** The arena's door, for a character that nothing else holds; `known`: as it has just been read. */
  async getMainMenuScreen(
    charId: number,
    known: AccountContext | null = null,
  ): Promise<ArenaPayload> {
    const account = known ?? (await this.#deps.accounts.getFullAccount(charId));
    if (account === null) throw new NotLoggedInError(`Character ${charId} has no live session`);
    return mainMenuScreen(account);
  }
}

function without(waiting: readonly Waiting[], matches: readonly Match[]): Waiting[] {
  const sides = matches.flatMap(({ seeker, opponent }) => [seeker, opponent ?? seeker]);
  const taken = new Set(sides.map(({ charId }) => charId));
  return waiting.filter(({ charId }) => !taken.has(charId));
}
