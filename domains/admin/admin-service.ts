import { ADMIN_TEXT_LENGTH } from '../../resources/numbers/admin.ts';
import type { ArenaFigures } from '../arena/arena-figures.ts';
import type { ArenaSessionService } from '../arena/arena-session-service.ts';
import type { Place } from '../arena/arena-store.ts';
import type { SearchLog } from '../arena/search-forecast.ts';
import type { Drain } from '../arena/drain.ts';
import type { CombatService } from '../combat/combat-service.ts';
import type { Clock } from '../core/clock.ts';
import { DAY_MS } from '../core/day.ts';
import type { Messenger } from '../core/messenger.ts';
import { type Text, text } from '../core/text.ts';
import type { BanLength, SegmentName } from './admin-action.ts';
import type { AdminStore, FoundCharacter, PeriodFigures, PlayerCard } from './admin-store.ts';
import type { Overview } from './admin-screens.ts';
import type { CardFacts } from './card-screen.ts';
import type { Bans } from './bans.ts';
import type { FlagStore } from './flag-store.ts';
import type { BroadcastStore, Segment } from './broadcast-store.ts';

export interface AdminServiceDeps {
  readonly admins: readonly number[];
  readonly store: AdminStore;
  readonly flagReview: FlagStore;
  readonly searches: Pick<SearchLog, 'countExpired'>;
  readonly broadcasts: BroadcastStore;
  readonly bans: Bans;
  readonly drain: Drain;
  readonly sessions: Pick<ArenaSessionService, 'getQueueStatus'>;
  readonly combat: Pick<CombatService, 'endAsDraw'>;
  readonly messenger: Pick<Messenger, 'sendNote' | 'sendBulk'>;
  readonly figures: () => Promise<ArenaFigures>;
  readonly clock: Clock;
}

export interface AskedBan {
  readonly userId: number;
  readonly length: BanLength;
  /** The reason. */
  readonly typed: string;
}

export interface AskedGold {
  readonly userId: number;
  readonly charId: number;
  /** An amount, then a reason. */
  readonly typed: string;
}

const HOUR_MS = 3_600_000;
const none = { language: null, activeDays: null } as const;

const segmentOf: Readonly<Record<SegmentName, Segment>> = {
  all: none,
  ru: { ...none, language: 'ru' },
  en: { ...none, language: 'en' },
  week: { ...none, activeDays: 7 },
  month: { ...none, activeDays: 30 },
};

const banMs: Readonly<Record<BanLength, number | null>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  ever: null,
  rated: null,
};

/** What operators see and do; each step that changes something answers what became of it. */
export class AdminService {
  readonly #deps: AdminServiceDeps;

  constructor(deps: AdminServiceDeps) {
    this.#deps = deps;
  }

  isAdmin(userId: number): boolean {
    return this.#deps.admins.includes(userId);
  }

  async overview(): Promise<Omit<Overview, 'announcement'>> {
    const { broadcasts, flagReview, drain, figures } = this.#deps;
    const [now, hour, day, broadcast, openFlags] = await Promise.all([
      figures(),
      this.#figuresOf(HOUR_MS),
      this.#figuresOf(DAY_MS),
      broadcasts.latest(),
      flagReview.countOpen(),
    ]);
    return { now, hour, day, broadcast, openFlags, isDraining: drain.isOn() };
  }

  async findUser(query: string): Promise<number | null> {
    return this.#deps.store.findUser(query);
  }

  async card(userId: number): Promise<CardFacts | null> {
    const card = await this.#deps.store.card(userId);
    if (card === null) return null;
    const place = (await this.#busyPlace(card))?.kind ?? 'nowhere';
    const flags = await this.#deps.flagReview.flagsOf(userId);
    return { card, place, flags, ban: this.#deps.bans.of(userId) };
  }

  async ban(admin: number, { userId, length, typed }: AskedBan): Promise<Text> {
    if (this.isAdmin(userId)) return text('admin.notice.operator');
    const { bans, messenger, clock } = this.#deps;
    const ms = banMs[length];
    const untilMs = ms === null ? null : clock.now() + ms;
    const [reason, isRatedOnly] = [shortened(typed), length === 'rated'];
    await bans.ban(admin, { userId, untilMs, reason, isRatedOnly });
    // A player who may not play sees it on each screen.
    const lines = [text('ban.note', { until: text('ban.for_ever') })];
    if (isRatedOnly) await messenger.sendNote(userId, { lines, quoted: reason });
    return text('admin.notice.banned');
  }

  async unban(admin: number, userId: number): Promise<Text> {
    const wasBanned = await this.#deps.bans.unban(admin, userId);
    return text(wasBanned ? 'admin.notice.unbanned' : 'admin.notice.not_banned');
  }

  async message(admin: number, userId: number, typed: string): Promise<Text> {
    const { store, messenger } = this.#deps;
    const quoted = shortened(typed);
    const what = { action: 'message', target: `user:${userId}`, details: { message: quoted } };
    await store.record({ admin, ...what });
    const isSent = await messenger.sendNote(userId, {
      lines: [text('admin.note.message')],
      quoted,
    });
    return text(isSent ? 'admin.notice.sent' : 'admin.notice.not_sent');
  }

  /** The character that the player plays, else their first one; null: they have none. */
  async characterForGold(userId: number): Promise<FoundCharacter | null> {
    const { characters = [], activeCharId } = (await this.#deps.store.card(userId)) ?? {};
    return characters.find(({ charId }) => charId === activeCharId) ?? characters[0] ?? null;
  }

  async giveGold(admin: number, { userId, charId, typed }: AskedGold): Promise<Text> {
    const { store } = this.#deps;
    const [, amount, reason] = /^([+-]?\d{1,6})\s+(\S[^]*)$/.exec(typed.trim()) ?? [];
    if (amount === undefined || reason === undefined || Number(amount) === 0)
      return text('admin.notice.amount');
    const { characters = [] } = (await store.card(userId)) ?? {};
    const character = characters.find((one) => one.charId === charId);
    const gift = { userId, charId, gold: Number(amount), reason: shortened(reason) };
    const reply = character === undefined ? 'missing' : await store.giveGold(admin, gift);
    if (reply === 'missing') return text('account.notice.gone');
    return text(`admin.notice.gold.${reply}`, { name: character?.name ?? '–' });
  }

  async endBattle(admin: number, userId: number): Promise<Text> {
    const { store, combat } = this.#deps;
    const card = await store.card(userId);
    const place = card === null ? null : await this.#busyPlace(card);
    if (place?.kind !== 'seated') return text('admin.notice.not_fighting');
    const { battleId } = place;
    await store.record({ admin, action: 'draw', target: `battle:${battleId}`, details: {} });
    const isEnded = await combat.endAsDraw(battleId);
    return text(isEnded ? 'admin.notice.drawn' : 'admin.notice.not_fighting');
  }

  async voidBattle(admin: number, battleId: string): Promise<Text> {
    return text(`admin.notice.void.${await this.#deps.store.voidBattle(admin, battleId)}`);
  }

  async drain(admin: number, isOn: boolean): Promise<void> {
    const { store, drain } = this.#deps;
    await store.record({ admin, action: 'drain', target: null, details: { isOn } });
    await drain.set(isOn);
  }

  /** Sends the message to the operator alone; answers how many each segment has. */
  async preview(admin: number, message: string): Promise<Readonly<Record<SegmentName, number>>> {
    const { broadcasts, messenger } = this.#deps;
    await messenger.sendBulk(admin, message);
    const count = (name: SegmentName) => broadcasts.count(segmentOf[name]);
    const [all, ru, en] = await Promise.all([count('all'), count('ru'), count('en')]);
    return { all, ru, en, week: await count('week'), month: await count('month') };
  }

  async broadcast(admin: number, message: string, segment: SegmentName): Promise<void> {
    await this.#deps.broadcasts.start({ admin, message, segment: segmentOf[segment] });
  }

  async stopBroadcast(admin: number, id: number): Promise<Text> {
    const isStopped = await this.#deps.broadcasts.cancel(admin, id);
    return text(isStopped ? 'admin.notice.stopped' : 'admin.notice.not_stopped');
  }

  async #figuresOf(periodMs: number): Promise<PeriodFigures> {
    const { store, searches, clock } = this.#deps;
    const sinceMs = clock.now() - periodMs;
    const read = [store.figuresSince(sinceMs), searches.countExpired(sinceMs)] as const;
    const [stored, expired] = await Promise.all(read);
    return { ...stored, expired };
  }

  /** Where a character of the player searches or fights; null: nowhere. */
  async #busyPlace({ userId, characters }: PlayerCard): Promise<Place | null> {
    const { sessions } = this.#deps;
    for (const { charId } of characters) {
      const place = await sessions.getQueueStatus(charId, userId);
      if (place.kind !== 'nowhere') return place;
    }
    return null;
  }
}

export function shortened(typed: string): string {
  // No database stores a NUL in a text.
  return Array.from(typed.replaceAll('\0', '')).slice(0, ADMIN_TEXT_LENGTH).join('');
}
