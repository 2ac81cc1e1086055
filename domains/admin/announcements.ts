import type { NewsReader } from '../arena/action-router.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { type Text, text } from '../core/text.ts';
import type { Language } from '../../resources/texts/index.ts';
import type { Announcement, AnnouncementStore, NewAnnouncement } from './announcement-store.ts';

export interface AnnouncementsDeps {
  readonly announcements: AnnouncementStore;
  readonly languageOf: (userId: number) => Promise<Language | null>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface AnnouncementReport extends Announcement {
  /** How many players have been shown it. */
  readonly readers: number;
}

/** The present announcement as this process knows it, and who has been shown it. */
export class Announcements implements NewsReader {
  readonly #deps: AnnouncementsDeps;
  readonly #breaker: CircuitBreaker;
  #present: Announcement | null = null;
  /** Users for whom this process has asked already. */
  #asked = new Set<number>();

  constructor(deps: AnnouncementsDeps) {
    this.#deps = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** Any number of processes may run it. Without a database the known announcement stays. */
  async refresh(): Promise<void> {
    const read = await this.#breaker.call(() => this.#deps.announcements.present());
    if (read.kind === 'unavailable') return;
    if (read.value?.id !== this.#present?.id) this.#asked = new Set();
    this.#present = read.value;
  }

  /** As operators see it; null: there is none. */
  async report(): Promise<AnnouncementReport | null> {
    const { announcements } = this.#deps;
    const present = await announcements.present();
    if (present === null) return null;
    return { ...present, readers: await announcements.countReaders(present.id) };
  }

  async start(announcement: NewAnnouncement): Promise<void> {
    await this.#deps.announcements.start(announcement);
    await this.refresh();
  }

  async end(admin: number, id: number): Promise<boolean> {
    const isEnded = await this.#deps.announcements.end(admin, id);
    await this.refresh();
    return isEnded;
  }

  /** The announcement, once to each user; nothing if it cannot be stored now that they were shown it. */
  async linesFor(userId: number): Promise<Text[]> {
    const { announcements, languageOf, clock } = this.#deps;
    const present = this.#present;
    if (present === null || present.untilMs <= clock.now() || this.#asked.has(userId)) return [];
    // First: a reader whose language cannot be read now is shown it later.
    const language = (await languageOf(userId)) ?? 'en';
    const marked = await this.#breaker.call(() => announcements.markRead(present.id, userId));
    if (marked.kind === 'unavailable') return [];
    this.#asked.add(userId);
    if (!marked.value) return [];
    const quoted = present.texts[language];
    return quoted === undefined ? [] : [text('announcement.line', { message: { quoted } })];
  }
}
