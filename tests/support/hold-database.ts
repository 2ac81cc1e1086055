import { connectDatabase } from '../../database/connect.ts';
import { users } from '../../database/schema.ts';
import { silentLog } from './silent-log.ts';

/** Run as a process: opens the given data folder, writes to it and holds it until it is killed. */
const dataDir = process.argv[2] ?? null;
const onFolderLost = () => process.exit(3);
const { db } = await connectDatabase({ url: null, dataDir, log: silentLog, onFolderLost });
await db.insert(users).values({ id: 7, first_name: 'Ann' }).onConflictDoNothing();
process.stdout.write('held\n');
// Nothing else keeps it running.
setInterval(() => {}, 60_000);
