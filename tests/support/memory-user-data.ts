import type {
  StoredUserData,
  Subject,
  UserDataRepository,
} from '../../domains/privacy/user-data.ts';

/** Stores no users: what is stored about them is tested with a database. */
export class MemoryUserData implements UserDataRepository {
  subjectOf(userId: number): Promise<Subject> {
    return Promise.resolve({ userId, charIds: [], battleIds: [], opponentIds: [] });
  }

  read(): Promise<StoredUserData> {
    return Promise.reject(new Error('not stored in memory'));
  }

  erase(): Promise<void> {
    return Promise.reject(new Error('not stored in memory'));
  }

  forgetKept(): Promise<number> {
    return Promise.resolve(0);
  }
}
