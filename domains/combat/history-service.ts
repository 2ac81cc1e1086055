import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { type Reply, shown } from '../core/reply.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import { BATTLES_ON_A_PAGE } from '../../resources/numbers/history.ts';
import type { Side } from './battle.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  type BattleCursor,
  type BattlePage,
  DamagedBattleError,
} from './battle-archive.ts';
import type { HistoryAction } from './history-action.ts';
import { type HistoryPayload, historyScreen } from './history-screens.ts';
import { replayArchived } from './replay.ts';
import { replayScreen } from './replay-screen.ts';
import { kindOfSide } from './side-kind.ts';

export interface HistoryReader {
  readonly userId: number;
  /** The character that they play now. */
  readonly charId: number;
  /** Shows their current screen; `notice` says why. */
  home(notice: Text): Promise<Reply>;
}

export interface HistoryDeps {
  readonly archive: Pick<BattleArchive, 'find' | 'listOf'>;
  readonly clock: Clock;
  readonly log: Log;
}

type PageAction = Exclude<HistoryAction, { action: 'history.replay' }>;
type ReplayRequest = Extract<HistoryAction, { action: 'history.replay' }>['value'];

const limit = BATTLES_ON_A_PAGE;

/** The past battles of a character and their replays. */
export class HistoryService {
  readonly #archive: HistoryDeps['archive'];
  readonly #log: Log;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor({ archive, clock, log }: HistoryDeps) {
    this.#archive = archive;
    this.#log = log;
    this.#breaker = new CircuitBreaker({
      clock,
      log,
      events: {
        unavailableEvent: 'battle history unavailable',
        availableEvent: 'battle history available again',
      },
    });
  }

  async act(reader: HistoryReader, action: HistoryAction): Promise<Reply> {
    const called = await this.#breaker.call(() => this.#answer(reader, action));
    const answer = called.kind === 'answered' ? called.value : 'history.notice.away';
    return typeof answer === 'string' ? reader.home(text(answer)) : shown(answer);
  }

  /** The screen, or the notice that says why there is none. */
  async #answer(reader: HistoryReader, action: HistoryAction): Promise<HistoryPayload | TextKey> {
    try {
      if (action.action === 'history.replay') return await this.#replay(reader, action.value);
      const page = await this.#page(reader.charId, action);
      for (const { kind, id } of page.battles) if (kind === 'damaged') this.#logDamage(id, null);
      return historyScreen(page);
    } catch (error) {
      if (!(error instanceof DamagedBattleError)) throw error;
      return this.#logDamage(error.battleId, error);
    }
  }

  /** The latest battles instead of a page that would be empty, or not full at the newer end. */
  async #page(charId: number, action: PageAction): Promise<BattlePage> {
    const page = await this.#requestedPage(charId, action);
    const least = action.action === 'history.newer' ? limit : 1;
    if (page !== null && page.battles.length >= least) return page;
    return this.#archive.listOf(charId, { kind: 'latest', limit });
  }

  /** null: the latest page. */
  async #requestedPage(charId: number, action: PageAction): Promise<BattlePage | null> {
    if (action.action === 'history') return null;
    const { endedAtMs, battleId, ...rest } = action.value;
    const than = { endedAtMs, id: battleId };
    if (action.action === 'history.newer')
      return this.#archive.listOf(charId, { kind: 'newer', than, limit });
    const from = 'place' in rest ? await this.#above(charId, than, rest.place) : than;
    if (from === null) return null;
    return this.#archive.listOf(charId, { kind: 'older', than: from, limit });
  }

  /** The last battle before the page on which `than` has this place; null if there is none. */
  async #above(charId: number, than: BattleCursor, place: number): Promise<BattleCursor | null> {
    const { battles } = await this.#archive.listOf(charId, { kind: 'newer', than, limit: place });
    const [top] = battles;
    if (top === undefined || battles.length < place) return null;
    return { endedAtMs: top.endedAtMs, id: top.id };
  }

  async #replay(reader: HistoryReader, request: ReplayRequest): Promise<HistoryPayload | TextKey> {
    const archived = await this.#archive.find(request.battleId);
    if (archived === null) return 'history.notice.unknown';
    const side = sideOf(archived, reader);
    if (side === null) return 'battle.notice.not_yours';
    const steps = replayArchived(archived);
    if (steps === null) return this.#logDamage(archived.id, 'the replay has another outcome');
    const { step, place } = request;
    return replayScreen({ archived, steps, side, step, place });
  }

  #logDamage(battleId: string, cause: unknown): TextKey {
    if (this.#logged.isFirst(battleId))
      this.#log.error({ battleId, err: cause }, 'archived battle damaged');
    return 'history.notice.damaged';
  }
}

/** The side of the reader's character, or of another one of theirs; null: none of them fought. */
function sideOf({ sides }: ArchivedBattle, { userId, charId }: HistoryReader): Side | null {
  const own = ([0, 1] as const).filter((side) => kindOfSide(sides[side]) === 'character');
  return (
    own.find((side) => sides[side].charId === charId) ??
    own.find((side) => sides[side].userId === userId) ??
    null
  );
}
