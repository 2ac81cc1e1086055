import type { AdminStore } from '../../domains/admin/admin-store.ts';
import type { AnnouncementStore } from '../../domains/admin/announcement-store.ts';
import type { FlagStore } from '../../domains/admin/flag-store.ts';
import type { BroadcastStore } from '../../domains/admin/broadcast-store.ts';

const notStored = () => Promise.reject(new Error('not stored in memory'));

/** No bans and no broadcasts: what operators do is tested with a database. */
export const memoryAdmin: AdminStore = {
  activeBans: () => Promise.resolve([]),
  ban: notStored,
  unban: notStored,
  figuresSince: notStored,
  findUser: notStored,
  card: notStored,
  voidBattle: notStored,
  giveGold: notStored,
  record: notStored,
};

export const memoryFlagReview: FlagStore = {
  countOpen: () => Promise.resolve(0),
  flagsOf: () => Promise.resolve([]),
  open: notStored,
  close: notStored,
};

export const memoryAnnouncements: AnnouncementStore = {
  present: () => Promise.resolve(null),
  countReaders: notStored,
  start: notStored,
  end: notStored,
  markRead: notStored,
};

export const memoryBroadcasts: BroadcastStore = {
  lease: () => Promise.resolve(null),
  latest: () => Promise.resolve(null),
  count: notStored,
  start: notStored,
  cancel: notStored,
  mark: notStored,
  setOutcome: notStored,
};
