import type { Client, ClientConfig } from 'pg';
import { z } from 'zod';
import { DatabaseStartError } from './database-start-error.ts';

const OLDEST_VERSION = 13;

const factsSchema = z.object({
  version: z.int(),
  encoding: z.string(),
  date_style: z.string(),
  read_only: z.string(),
  statement_timeout: z.int(),
});

type Facts = z.output<typeof factsSchema>;

const factsQuery = `select current_setting('server_version_num')::int / 10000 as version,
  current_setting('server_encoding') as encoding, current_setting('datestyle') as date_style,
  current_setting('transaction_read_only') as read_only,
  (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::int as statement_timeout`;

/** Raises a `DatabaseStartError` if the server lacks what queries rely on. */
export async function checkServer(
  client: Client,
  { connectionTimeoutMillis }: ClientConfig,
  at: string,
): Promise<Facts> {
  // A pooler accepts connections without a server behind it.
  const limit = { query_timeout: connectionTimeoutMillis };
  const { rows } = await client.query({ text: factsQuery, ...limit });
  const facts = factsSchema.parse(rows[0]);
  const fault = faultIn(facts);
  if (fault !== null)
    throw new DatabaseStartError(`The database at ${at} cannot be used: ${fault}`);
  return facts;
}

function faultIn({ version, encoding, date_style: dateStyle, read_only: readOnly }: Facts) {
  if (version < OLDEST_VERSION)
    return `PostgreSQL ${version} is too old. Use version ${OLDEST_VERSION} or newer.`;
  if (encoding !== 'UTF8')
    return (
      `its encoding ${encoding} cannot store every name. Make one with "create database arena ` +
      "encoding 'UTF8' template template0\" and name it in DATABASE_URL."
    );
  if (!dateStyle.startsWith('ISO'))
    return `its DateStyle is ${dateStyle}. Set it with "alter role … set datestyle = 'ISO, MDY'".`;
  if (readOnly === 'on')
    return 'it is read-only. Name the primary server in DATABASE_URL, or end the read-only mode.';
  return null;
}
