import { connectDatabase } from '../../database/connect.ts';
import { users } from '../../database/schema.ts';
import { silentLog } from './silent-log.ts';

/** A process of its own that opens the folder given, writes to it, and holds it until it is ended. */
const dataDir = process.argv[2] ?? null;
const { db } = await connectDatabase({ url: null, dataDir, log: silentLog });
await db.insert(users).values({ id: 7, first_name: 'Ann' }).onConflictDoNothing();
process.stdout.write('held\n');
// Nothing else keeps it running.
setInterval(() => {}, 60_000);
