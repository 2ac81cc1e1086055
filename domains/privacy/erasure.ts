import type { DirtyKind, WriteBehindQueue } from '../account/write-behind-queue.ts';
import type { Log } from '../core/log.ts';
import type { Subject, UserDataRepository, UserKeys } from './user-data.ts';

export interface ErasureDeps {
  readonly userData: UserDataRepository;
  readonly userKeys: UserKeys;
  readonly writeBehind: Pick<WriteBehindQueue, 'cancel' | 'markDirty'>;
  readonly players: { forget(userId: number): void };
  /** Whether the character is in a queue, a match or a battle. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly leaveArena: (charId: number, userId: number | null) => Promise<void>;
  readonly log: Log;
}

/** `busy`: a character searches or fights. `saving`: a process is writing the user to the database now. */
export type EraseReply = 'erased' | 'busy' | 'saving';

/** Erases users. */
export class Erasure {
  readonly #deps: ErasureDeps;

  constructor(deps: ErasureDeps) {
    this.#deps = deps;
  }

  async isBusy(userId: number): Promise<boolean> {
    return this.#isAnyBusy(await this.#deps.userData.subjectOf(userId));
  }

  /** Redis once more after the database: another process may have copied something there meanwhile. */
  async erase(userId: number): Promise<EraseReply> {
    const { userData, userKeys, players, log } = this.#deps;
    const subject = await userData.subjectOf(userId);
    if (await this.#isAnyBusy(subject)) return 'busy';
    if (!(await this.#cancelSaves(subject))) return 'saving';
    await userKeys.erase(subject);
    await userData.erase(userId);
    await this.#leaveArena(subject);
    await userKeys.erase(subject);
    players.forget(userId);
    log.info({ characters: subject.charIds.length }, 'user erased');
    return 'erased';
  }

  async #isAnyBusy({ charIds }: Subject): Promise<boolean> {
    for (const charId of charIds) if (await this.#deps.isBusy(charId)) return true;
    return false;
  }

  /** False if a process holds a lease: its save would bring the user back. */
  async #cancelSaves({ userId, charIds }: Subject): Promise<boolean> {
    const { writeBehind } = this.#deps;
    const all: (readonly [DirtyKind, number])[] = [
      ['user', userId],
      ...charIds.map((charId) => ['session', charId] as const),
    ];
    const replies = await Promise.all(all.map(([kind, id]) => writeBehind.cancel(kind, id)));
    if (!replies.includes('leased')) return true;
    await Promise.all(all.map(([kind, id]) => writeBehind.markDirty(kind, id)));
    return false;
  }

  /** A search that began at the same moment ends; a battle is surrendered. */
  async #leaveArena({ charIds, userId }: Subject): Promise<void> {
    for (const charId of charIds) await this.#deps.leaveArena(charId, userId);
  }
}
