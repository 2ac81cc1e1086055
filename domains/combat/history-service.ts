import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { type Reply, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import { LogOnce } from '../core/log-once.ts';
import { BATTLES_ON_A_PAGE } from '../../resources/numbers/history.ts';
import { ArchiveUnavailableError, ArchiveReader } from './archive-reader.ts';
import type { Side } from './battle.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  type BattleCursor,
  type BattlePage,
  DamagedBattleError,
} from './battle-archive.ts';
import type { HistoryAction } from './history-action.ts';
import { historyScreen } from './history-screens.ts';
import { replayArchived } from './replay.ts';
import { replayScreen } from './replay-screen.ts';

/** Who asks, and whom they play. */
export interface HistoryReader {
  readonly userId: number;
  readonly charId: number;
  /** Where they go when there is nothing to show, and why. */
  home(notice: Text): Promise<Reply>;
}

export interface HistoryDeps {
  readonly archive: Pick<BattleArchive, 'find' | 'listOf'>;
  readonly clock: Clock;
  readonly log: Log;
}

type PageAction = Exclude<HistoryAction, { action: 'history.replay' }>;
type ReplayWish = Extract<HistoryAction, { action: 'history.replay' }>['value'];

const limit = BATTLES_ON_A_PAGE;

/** Battles that have ended: whose they are, and what is told of them. */
export class HistoryService {
  readonly #archive: ArchiveReader;
  readonly #log: Log;
  readonly #logged = new LogOnce();

  constructor(deps: HistoryDeps) {
    this.#archive = new ArchiveReader(deps);
    this.#log = deps.log;
  }

  async act(reader: HistoryReader, action: HistoryAction): Promise<Reply> {
    try {
      if (action.action === 'history.replay') return await this.#replay(reader, action.value);
      return await this.#list(reader.charId, action);
    } catch (error) {
      if (error instanceof ArchiveUnavailableError)
        return await reader.home(text('history.notice.away'));
      if (error instanceof DamagedBattleError)
        return await this.#showDamage(reader, error.battleId, error);
      throw error;
    }
  }

  async #list(charId: number, action: PageAction): Promise<Reply> {
    const page = await this.#page(charId, action);
    for (const { kind, id } of page.battles) if (kind === 'damaged') this.#logDamage(id, null);
    return shown(historyScreen(page));
  }

  /** Where a page would be empty, or not full at the near end, the latest battles are shown. */
  async #page(charId: number, action: PageAction): Promise<BattlePage> {
    const page = await this.#requestedPage(charId, action);
    const few = action.action === 'history.newer' ? limit : 1;
    if (page !== null && page.battles.length >= few) return page;
    return this.#archive.listOf(charId, { kind: 'latest', limit });
  }

  /** null: the latest. */
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

  /** The last battle of the page before the one on which this battle has this place; null: there is none. */
  async #above(charId: number, than: BattleCursor, place: number): Promise<BattleCursor | null> {
    const { battles } = await this.#archive.listOf(charId, { kind: 'newer', than, limit: place });
    const [top] = battles;
    if (top === undefined || battles.length < place) return null;
    return { endedAtMs: top.endedAtMs, id: top.id };
  }

  async #replay(reader: HistoryReader, wish: ReplayWish): Promise<Reply> {
    const archived = await this.#archive.find(wish.battleId);
    if (archived === null) return reader.home(text('history.notice.unknown'));
    const side = sideOf(archived, reader);
    if (side === null) return reader.home(text('battle.notice.not_yours'));
    const steps = replayArchived(archived);
    if (steps === null)
      return this.#showDamage(reader, archived.id, 'it does not replay to its end');
    const { step, place } = wish;
    return shown(replayScreen({ archived, steps, side, step, place }));
  }

  #showDamage(reader: HistoryReader, battleId: string, cause: unknown): Promise<Reply> {
    this.#logDamage(battleId, cause);
    return reader.home(text('history.notice.damaged'));
  }

  #logDamage(battleId: string, cause: unknown): void {
    if (!this.#logged.isFirst(battleId)) return;
    this.#log.error({ battleId, err: cause }, 'what is kept of a battle is damaged');
  }
}

/** The side of whom the reader plays, or of another character of his; null: it is not his battle. */
function sideOf({ sides }: ArchivedBattle, { userId, charId }: HistoryReader): Side | null {
  const own = ([0, 1] as const).filter((side) => sides[side].charId !== null);
  return (
    own.find((side) => sides[side].charId === charId) ??
    own.find((side) => sides[side].userId === userId) ??
    null
  );
}
