import { bundleBot } from './bundle-bot.ts';

/** `tsx tools/build/bundle.ts FOLDER`: only the bot's JavaScript. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder is missing');
await bundleBot(folder);
