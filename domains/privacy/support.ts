import { z } from 'zod';
import { SUPPORT_A_DAY, SUPPORT_LENGTH } from '../../resources/numbers/privacy.ts';
import type { UsersRepository } from '../account/users-repository.ts';
import type { Clock } from '../core/clock.ts';
import { dayOf } from '../core/day.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';
import type { Messenger } from '../core/messenger.ts';
import { OutageError } from '../core/outage-error.ts';
import { type Text, text } from '../core/text.ts';

export interface SupportDeps {
  /** Users who operate the bot. */
  readonly admins: readonly number[];
  readonly messenger: Pick<Messenger, 'sendNote'>;
  readonly users: Pick<UsersRepository, 'find'>;
  readonly memos: MemoStore;
  readonly clock: Clock;
}

/** `none`: no operator is set. `full`: no more today. `failed`: no operator could be reached. */
export type SupportReply = 'sent' | 'none' | 'full' | 'failed';

const MEMO: MemoOfUser = 'support';
const DAY_S = 86_400;
const sentSchema = z.object({ day: z.int(), count: z.int() });

/** Messages of users to the operators; nothing of them is stored but how many there were today. */
export class Support {
  readonly #deps: SupportDeps;

  constructor(deps: SupportDeps) {
    this.#deps = deps;
  }

  /** How many messages the user can send today; null: no operator is set. */
  async left(userId: number): Promise<number | null> {
    if (this.#deps.admins.length === 0) return null;
    return Math.max(0, SUPPORT_A_DAY - (await this.#sentToday(userId)));
  }

  async send(userId: number, typed: string): Promise<SupportReply> {
    const left = await this.left(userId);
    if (left === null) return 'none';
    if (left === 0) return 'full';
    const { admins, messenger, memos } = this.#deps;
    const note = { lines: await this.#head(userId), quoted: shortened(typed) };
    const reached = await Promise.all(admins.map((admin) => messenger.sendNote(admin, note)));
    if (!reached.includes(true)) return 'failed';
    const value = { day: this.#today(), count: SUPPORT_A_DAY - left + 1 };
    await memos.write(MEMO, String(userId), { value, ttlS: DAY_S });
    return 'sent';
  }

  /** Who writes, and how to answer them. */
  async #head(userId: number): Promise<Text[]> {
    const id = String(userId);
    const name = await this.#usernameOf(userId);
    const answer =
      name === null ? text('privacy.note.no_name', { id }) : text('privacy.note.name', { name });
    return [text('privacy.note.from', { id }), answer];
  }

  async #usernameOf(userId: number): Promise<string | null> {
    try {
      return (await this.#deps.users.find(userId))?.username ?? null;
    } catch (error) {
      if (error instanceof OutageError) return null;
      throw error;
    }
  }

  async #sentToday(userId: number): Promise<number> {
    const { success, data } = sentSchema.safeParse(
      await this.#deps.memos.read(MEMO, String(userId)),
    );
    return success && data.day === this.#today() ? data.count : 0;
  }

  #today(): number {
    return dayOf(this.#deps.clock.now());
  }
}

function shortened(typed: string): string {
  const signs = Array.from(typed);
  return signs.length > SUPPORT_LENGTH ? `${signs.slice(0, SUPPORT_LENGTH).join('')}…` : typed;
}
