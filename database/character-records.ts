import { type SQL, and, asc, eq, inArray, isNotNull, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import {
  type CharacterRecord,
  type CharacterRecords,
  type RecordFacts,
  type RecordRow,
  characterRecordHandler,
  emptyRecord,
} from '../domains/combat/character-record.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import type { Database } from './database.ts';
import { battleSides, characterRecords, characters, pendingHandlers } from './schema.ts';

type Row = typeof characterRecords.$inferSelect;

const own = alias(battleSides, 'own');
const opponent = alias(battleSides, 'opponent');

export class SqlCharacterRecords implements CharacterRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async recordOf(charId: number): Promise<CharacterRecord> {
    const isOwn = eq(characterRecords.character_id, charId);
    const [row] = await this.#db.select().from(characterRecords).where(isOwn);
    return recordIn(row ?? null);
  }
}

const rows: HandlerRows<readonly RecordFacts[], readonly RecordRow[]> = {
  async read(tx, ended) {
    const ids = ended.sides.flatMap(({ charId }) => charId ?? []);
    const known = await tx
      .select({ charId: characters.id, record: characterRecords })
      .from(characters)
      .leftJoin(characterRecords, eq(characterRecords.character_id, characters.id))
      .where(inArray(characters.id, ids))
      .orderBy(asc(characters.id));
    const facts: RecordFacts[] = [];
    for (const { charId, record } of known) {
      const later = await countedLater(tx, charId, ended);
      facts.push({ charId, record: recordIn(record), later });
    }
    return facts;
  },

  async write(tx, after) {
    if (after.length === 0) return;
    await tx
      .insert(characterRecords)
      .values(after.map(({ charId, record }) => ({ character_id: charId, ...record })))
      .onConflictDoUpdate({
        target: characterRecords.character_id,
        set: {
          won: sql`excluded.won`,
          lost: sql`excluded.lost`,
          drawn: sql`excluded.drawn`,
          streak: sql`excluded.streak`,
          updated_at: sql`now()`,
        },
      });
  },
};

export const characterRecord = storedHandler(characterRecordHandler, rows);

/** Results of later battles against other characters whose handler is not pending. */
async function countedLater(tx: Database, charId: number, ended: ArchivedBattle) {
  const later = await tx
    .select({ result: own.result })
    .from(own)
    .innerJoin(opponent, and(eq(opponent.battle_id, own.battle_id), ne(opponent.side, own.side)))
    .where(
      and(
        eq(own.character_id, charId),
        isAfter(ended),
        isNotNull(opponent.character_id),
        isCounted(tx),
      ),
    )
    .orderBy(asc(own.ended_at), asc(own.battle_id));
  return later.map(({ result }) => result);
}

function isAfter({ id, endedAtMs }: ArchivedBattle): SQL {
  const endedAt = new Date(endedAtMs).toISOString();
  return sql`(${own.ended_at}, ${own.battle_id}) > (${endedAt}::timestamptz, ${id})`;
}

function isCounted(tx: Database): SQL {
  const isOfBattle = eq(pendingHandlers.battle_id, own.battle_id);
  const isOfRecord = eq(pendingHandlers.handler, characterRecordHandler.name);
  const pending = tx.select({ one: sql`1` }).from(pendingHandlers);
  return notExists(pending.where(and(isOfBattle, isOfRecord)));
}

function recordIn(row: Row | null): CharacterRecord {
  if (row === null) return emptyRecord;
  const { won, lost, drawn, streak } = row;
  return { won, lost, drawn, streak };
}
