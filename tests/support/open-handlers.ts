import { inArray, sql } from 'drizzle-orm';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import {
  BattleHandlers,
  type StoredHandler,
  storedHandler,
} from '../../database/battle-handlers.ts';
import { SqlCharacterRecords, characterRecord } from '../../database/character-records.ts';
import type { Database } from '../../database/database.ts';
import { SqlPendingHandlers } from '../../database/pending-handlers.ts';
import { characters, pendingHandlers, users } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import type { BattleHandler } from '../../domains/combat/battle-handler.ts';
import { FixedClock } from './clock.ts';
import { RecordingLog } from './recording-log.ts';

/** Where the faulty handler fails: nowhere, in its rule, or after its write. */
export type Fault = 'none' | 'rule' | 'writing';

/** Characters 1 to 3, the record handler, and a faulty one that appends a + to their location. */
export async function openHandlers(db: Database) {
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  await addCharacters(db, [1, 2, 3]);
  const faulty = new FaultyHandler();
  const handlers = [faulty.stored, characterRecord];
  const serve = (on: Database) => ({
    archive: new SqlBattleArchive(on, new BattleHandlers({ handlers, clock, log })),
    pending: new SqlPendingHandlers({ db: on, handlers, clock }),
  });
  const records = new SqlCharacterRecords(db);
  return {
    ...serve(db),
    clock,
    log,
    faulty,
    serve,
    recordOf: (charId: number) => records.recordOf(charId),
    /** How often the faulty handler has taken effect on each of characters 1 to 3. */
    effects: async () => {
      const rows = await db.select().from(characters).orderBy(characters.id);
      return rows.map(({ location_id: place }) => place.replaceAll(/[^+]/g, '').length);
    },
    pendingRows: () => db.select().from(pendingHandlers),
  };
}

async function addCharacters(db: Database, ids: readonly number[]): Promise<void> {
  await db.insert(users).values(ids.map((id) => ({ id: 1000 + id })));
  const place = { slot: 1, location_id: 'inn' };
  await db.insert(characters).values(ids.map((id) => ({ id, user_id: 1000 + id, ...place })));
}

class FaultyHandler {
  fault: Fault = 'none';
  readonly stored: StoredHandler;

  constructor() {
    const handler: BattleHandler<null, readonly number[]> = {
      name: 'faulty',
      apply: (ended) => this.#apply(ended),
    };
    this.stored = storedHandler(handler, {
      read: () => Promise.resolve(null),
      write: (tx, ids) => this.#write(tx, ids),
    });
  }

  #apply({ sides }: ArchivedBattle): number[] {
    if (this.fault === 'rule') throw new Error('a broken rule');
    return sides.flatMap(({ charId }) => charId ?? []);
  }

  async #write(tx: Database, ids: readonly number[]): Promise<void> {
    await tx
      .update(characters)
      .set({ location_id: sql`location_id || '+'` })
      .where(inArray(characters.id, [...ids]));
    if (this.fault === 'writing') await tx.execute(sql`select 1 / 0`);
  }
}
