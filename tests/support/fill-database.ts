import { openEmbedded } from '../../database/embedded.ts';
import { users } from '../../database/schema.ts';
import { silentLog } from './silent-log.ts';

/** Run as a process: adds users to the given data folder and copies it, until it is killed. */
const { db, copies } = await openEmbedded(process.argv[2] ?? '', { log: silentLog });
const before = await db.$count(users);
for (let id = before + 1; ; id += 1) {
  await db.insert(users).values({ id, first_name: `User ${id}` });
  process.stdout.write(`row ${id}\n`);
  // A second for each, as their names have seconds.
  if (id % 10 === 1) await copies?.add(Date.UTC(2026, 0, 1) + id * 1000);
}
