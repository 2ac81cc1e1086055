import { connectDatabase } from '../../database/connect.ts';
import { users } from '../../database/schema.ts';
import { silentLog } from './silent-log.ts';

/** Run as a process: opens the given data folder, writes to it and holds it until it is killed. */
const dataDir = process.argv[2] ?? null;
const { db } = await connectDatabase({ url: null, dataDir, log: silentLog });
await db.insert(users).values({ id: 7, first_name: 'Ann' });
process.stdout.write('held\n');
