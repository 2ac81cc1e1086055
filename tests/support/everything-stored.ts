import { getTableName } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { tables } from '../../database/tables.ts';
import type { Connection } from '../../redis/connect.ts';

/** Each row of each table and each key with its value, as one text each. */
export async function everythingStored(db: Database, redis: Connection): Promise<string[]> {
  return [...(await rowsOf(db)), ...(await keysOf(redis))];
}

async function rowsOf(db: Database): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await db.select().from(table);
    found.push(...rows.map((row) => `${getTableName(table)} ${JSON.stringify(row)}`));
  }
  return found;
}

async function keysOf({ client, documents }: Connection): Promise<string[]> {
  const found = (await client.keys('*')).toSorted();
  return Promise.all(
    found.map(async (key) => {
      const type = await client.type(key);
      const value = await readerOf[type]?.({ client, documents }, key);
      if (value === undefined)
        throw new Error(`${key} has the type ${type}, which nobody reads here`);
      return `${key} ${JSON.stringify(value)}`;
    }),
  );
}

type Reader = (redis: Pick<Connection, 'client' | 'documents'>, key: string) => Promise<unknown>;

const readerOf: Readonly<Record<string, Reader>> = {
  'ReJSON-RL': ({ documents }, key) => documents.get(key, '$'),
  string: ({ client }, key) => client.get(key),
  hash: ({ client }, key) => client.hgetall(key),
  zset: ({ client }, key) => client.zrange(key, 0, -1),
};
