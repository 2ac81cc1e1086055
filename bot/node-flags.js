// @ts-check
import { totalmem } from 'node:os';
import { pathToFileURL } from 'node:url';

/** With less memory Node keeps its own sizes. */
const NEEDED_BYTES = 1024 ** 3;
/** A young generation that holds what taps in progress have allocated: fewer collections copy less. */
const FLAGS = ['--min-semi-space-size=32', '--max-semi-space-size=64'];

/**
 * Flags of Node for the bot, by the memory that it may use; none if the young generation is set already.
 * @param {{ memoryBytes: number, given: readonly string[] }} start
 * @returns {readonly string[]}
 */
export function nodeFlags({ memoryBytes, given }) {
  const isGiven = given.some((flags) => /semi[-_]space[-_]size/.test(flags));
  return isGiven || memoryBytes < NEEDED_BYTES ? [] : FLAGS;
}

/** Of the machine or, if that is less, of the container. */
export function usableMemory() {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

export function flagsHere() {
  const given = [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv];
  return nodeFlags({ memoryBytes: usableMemory(), given });
}

/** For the image: `node $(node node-flags.js) main.js`. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(flagsHere().join(' '));
