import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../../database/embedded.ts';
import { bundleBot } from './bundle-bot.ts';

/** `npm run build`: the bot as JavaScript, and an empty embedded database for first starts to copy. */
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const aside = `${dist}.new`;
const log = { debug() {}, info() {}, warn() {}, error() {} };

await rm(aside, { recursive: true, force: true });
await bundleBot(aside);
const database = await openEmbedded(join(aside, 'bot/prepared'), { log });
await database.close();
await rm(dist, { recursive: true, force: true });
await rename(aside, dist);
