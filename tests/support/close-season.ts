import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { SqlSeasons } from '../../database/seasons.ts';

/** A process that closes a season: `close-season.ts <database> <season> <ms>`; prints whether it did. */
const [url, season, atMs] = process.argv.slice(2);
// Without the timeouts of the bot: a test holds it up.
const client = new Pool({ connectionString: url });
const isClosed = await new SqlSeasons(drizzle({ client })).close(Number(season), Number(atMs));
process.stdout.write(isClosed ? 'closed\n' : 'was closed\n');
await client.end();
