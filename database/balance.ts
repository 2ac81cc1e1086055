import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { archetypeSchema } from '../domains/account/account-context.ts';
import type { BalanceCounts, BalanceReader } from '../domains/admin/balance.ts';
import { techniqueSchema } from '../domains/combat/battle.ts';
import type { Database } from './database.ts';

const rowsSchema = z.object({
  rows: z.array(z.object({ of: z.string(), won: z.coerce.number(), fought: z.coerce.number() })),
});
type Row = z.infer<typeof rowsSchema>['rows'][number];

export class SqlBalance implements BalanceReader {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async countsSince(ms: number): Promise<BalanceCounts> {
    const since = new Date(ms);
    const [archetypes, techniques] = [
      await this.#rows(byArchetype(since)),
      await this.#rows(byTechnique(since)),
    ];
    return {
      archetypes: archetypes.flatMap(knownBy(archetypeSchema)),
      techniques: techniques.flatMap(knownBy(techniqueSchema)),
    };
  }

  async #rows(query: SQL): Promise<readonly Row[]> {
    return rowsSchema.parse(await this.#db.execute(query)).rows;
  }
}

/** Without what only another release knows. */
function knownBy<T>(schema: z.ZodType<T>) {
  return ({ of, ...counts }: Row) => {
    const { success, data } = schema.safeParse(of);
    return success ? [{ of: data, ...counts }] : [];
  };
}

function byArchetype(since: Date): SQL {
  return sql`select own ->> 'archetype' as of, ${counts}
    from ${ratedSides(since)} s where own ->> 'archetype' <> other ->> 'archetype' group by 1 order by 1`;
}

function byTechnique(since: Date): SQL {
  return sql`select technique as of, ${counts}
    from ${ratedSides(since)} s, jsonb_array_elements_text(own -> 'techniques') technique
    where not jsonb_exists(other -> 'techniques', technique) group by 1 order by 1`;
}

const counts = sql`count(*) filter (where score = 1) as won, count(*) as fought`;

/** The sheets of both sides, once for each side. Both tables are read by the index of their end. */
function ratedSides(since: Date): SQL {
  const at = sql`${since.toISOString()}::timestamptz`;
  return sql`(select r.score, b.sheets -> r.side::int as own, b.sheets -> (1 - r.side)::int as other
    from battle_ratings r join battles b on b.id = r.battle_id
    where r.unrated is null and r.ended_at > ${at} and b.ended_at > ${at} and r.score <> 0.5)`;
}
