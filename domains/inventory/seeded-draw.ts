import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Draw } from './roll-item.ts';

/** The same text gives the same draws, on every machine. */
export function seededDraw(seed: string): Draw {
  const generator = xoroshiro128plus(hashOf(seed));
  return (sides) => uniformInt(generator, 0, sides - 1);
}

/** FNV-1a of 32 bits. */
function hashOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const sign of seed) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
