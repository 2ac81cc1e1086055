import { z } from 'zod';

export { ANNOUNCEMENT_DAYS, ANNOUNCEMENT_LENGTH } from '../../resources/numbers/admin.ts';

/** By language; a later release may know more of them. */
export const announcementTextsSchema = z.record(z.string(), z.string());
export type AnnouncementTexts = Readonly<z.infer<typeof announcementTextsSchema>>;
export interface Announcement {
  readonly id: number;
  readonly texts: AnnouncementTexts;
  readonly untilMs: number;
}

export interface NewAnnouncement {
  readonly admin: number;
  readonly texts: AnnouncementTexts;
  readonly untilMs: number;
}

export interface AnnouncementStore {
  /** The one that is not over; null: there is none. */
  present(): Promise<Announcement | null>;
  /** How many players have been shown it. */
  countReaders(id: number): Promise<number>;
  /** Ends the present one. Stored as an action of the operator, as is `end`. */
  start(announcement: NewAnnouncement): Promise<void>;
  /** False: it is over. */
  end(admin: number, id: number): Promise<boolean>;
  /** To be called before it is shown. False: the user was shown it before, or is not known. */
  markRead(id: number, userId: number): Promise<boolean>;
}
