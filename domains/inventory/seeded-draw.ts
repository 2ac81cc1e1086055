import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';
import type { Draw } from './roll-item.ts';

/** Seeds of neighbouring days differ little until the generator is well mixed. */
const WARM_UP_THROWS = 24;

/** Draws that are the same for the same text on every machine. */
export function seededDraw(seed: string): Draw {
  const generator = xoroshiro128plus(hashOf(seed));
  skipN(generator, WARM_UP_THROWS);
  return (sides) => uniformInt(generator, 0, sides - 1);
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1)
    hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return hash;
}
