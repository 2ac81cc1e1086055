import type { AccountSessionService } from '../account/account-session-service.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import type { BattleRecord, Matching } from '../combat/battle-record.ts';
import type { OpponentSetup, SideSetup } from '../combat/battle-sides.ts';
import type { CombatService } from '../combat/combat-service.ts';
import { fighterSheetOf } from '../combat/fighter-sheet.ts';
import type { ShadowLevels } from '../combat/shadow-levels.ts';
import type { Standings } from '../combat/standings.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import { SingleFlight } from '../core/single-flight.ts';
import type { Chances } from '../rating/chances.ts';
import type { ArenaSessionService } from './arena-session-service.ts';
import type { Match, QueueRequest } from './arena-store.ts';
import { waitedMs } from './matchmaking.ts';
import { isSameUser } from './own-place.ts';

const unknownChance = { chance: null, isCalibrated: false };

export interface MatchedBattlesDeps {
  readonly sessions: Pick<ArenaSessionService, 'acceptedShare' | 'cancelMatch' | 'deleteMatch'>;
  readonly combat: Pick<CombatService, 'preventCreation' | 'startBattle'>;
  readonly live: Pick<AccountSessionService, 'getOrRestore'>;
  readonly levels: Pick<ShadowLevels, 'reachedBy'>;
  readonly standings: Pick<Standings, 'beforeBattle'>;
  readonly chances: Pick<Chances, 'of'>;
  readonly entropy: Entropy;
  readonly log: Log;
}

/** Makes the battles of claimed matches. */
export class MatchedBattles {
  readonly #deps: MatchedBattlesDeps;
  readonly #creations = new SingleFlight<BattleRecord | null>();
  readonly #logged = new LogOnce();

  constructor(deps: MatchedBattlesDeps) {
    this.#deps = deps;
  }

  /**
   * Creates the battle of a claimed match, once for concurrent callers; null if a side has no
   * session and the other one waits again. `isTapped`: for a tap whose reply shows the battle.
   */
  create(match: Match, isTapped = false): Promise<BattleRecord | null> {
    return this.#creations.run(match.id, async () => {
      const { sessions, combat, entropy } = this.#deps;
      const { id, mode } = match;
      const [first, second] = await Promise.all([
        this.#setupOf(match.seeker, match),
        this.#opponentOf(match),
      ]);
      const ready = [first, second].flatMap((side) => (isCharacter(side) ? [side.charId] : []));
      if (first === null || second === null) return this.#cancelMatch(match, ready);
      const matching = this.#matchingOf(match, [first, second]);
      const setup = { id, seed: entropy.seed(), mode, first, second, matching };
      const battle = await combat.startBattle(setup, isTapped);
      if (battle === null) return this.#cancelMatch(match, ready);
      await sessions.deleteMatch(id);
      return battle;
    });
  }

  /** A failure leaves the match pending, and the next wave tries again. */
  async tryCreate(match: Match): Promise<void> {
    try {
      await this.create(match);
    } catch (error) {
      // A newer release wrote the session of a side; that release creates the battle.
      if (error instanceof NewerRecordError) return;
      if (this.#logged.isFirst(`${match.id} ${String(error)}`))
        this.#deps.log.error({ matchId: match.id, err: error }, 'battle create failed');
    }
  }

  async #opponentOf(match: Match): Promise<OpponentSetup | null> {
    const { opponent, monster } = match;
    if (opponent !== null) return this.#setupOf(opponent, match);
    return monster === undefined ? this.#levelOf(match) : { monster };
  }

  /** While the database is away the novice fights: nobody may lose their first fight by an outage. */
  async #levelOf({ level, seeker }: Match): Promise<ShadowLevel> {
    return level ?? (await this.#deps.levels.reachedBy(seeker.charId)) ?? 'novice';
  }

  #matchingOf(match: Match, [first, second]: readonly [SideSetup, OpponentSetup]): Matching | null {
    const window = this.#deps.sessions.acceptedShare(match);
    if (window === null || !isCharacter(second)) return null;
    const { rating: one } = first;
    const { rating: other } = second;
    const isKnown = one !== null && other !== null;
    const { chance, isCalibrated } = isKnown ? this.#deps.chances.of(one, other) : unknownChance;
    return { window, chance, isCalibrated };
  }

  /** Prevents the creation first: another process may be creating the battle right now. */
  async #cancelMatch(match: Match, readyIds: readonly number[]): Promise<null> {
    const { sessions, combat, log } = this.#deps;
    if (await combat.preventCreation(match.id)) {
      log.warn({ matchId: match.id, readyIds }, 'match cancelled');
      await sessions.cancelMatch(match, readyIds);
    } else await sessions.deleteMatch(match.id);
    return null;
  }

  /** null: the character has no session or no name, or another user's one has its number. */
  async #setupOf(
    request: QueueRequest,
    { opponent, claimedAtMs }: Match,
  ): Promise<SideSetup | null> {
    const { charId, userId } = request;
    // The session may have been closed or lost while its character waited; the database has a copy.
    const account = await this.#deps.live.getOrRestore(charId);
    const name = account?.bio.name ?? null;
    if (account === null || name === null) return null;
    if (account.user_id != null && !isSameUser(userId, { userId: account.user_id })) return null;
    const character = characterSheet(account);
    const returnState = account.state === 'COMBAT' ? 'EXPLORATION' : account.state;
    // Only another player reads it.
    const entry = opponent === null ? null : await this.#deps.standings.beforeBattle(charId);
    return {
      charId,
      userId,
      name,
      returnState,
      gender: account.bio.gender,
      gs: character.gs,
      standing: entry?.record ?? null,
      rating: entry?.rating ?? null,
      searchedMs: opponent === null ? null : waitedMs(request, claimedAtMs),
      sheet: fighterSheetOf(character),
      stats: character.stats,
    };
  }
}

function isCharacter(side: OpponentSetup | null): side is SideSetup {
  return side !== null && typeof side !== 'string' && 'charId' in side;
}
