import type { Arrival } from '../../domains/arena/arena-store.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

/** What one who wants to join sees, as it stands in Redis. */
export interface LookedAround {
  readonly lastOpponent: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

const script = new LuaScript<'all' | 'some'>('look-around', ['all', 'some'], 'cards');

/**
 * `isWhole`: what is seen is all that there is within range; it is not where somebody who waits has no
 * card, or where what stands in the line cannot be told apart. Of all arrivals the limit is the same.
 */
export async function lookAround(
  client: RedisClient,
  mode: Mode,
  arrivals: readonly Arrival[],
): Promise<{ readonly isWhole: boolean; readonly around: readonly LookedAround[] }> {
  const touched = [keys.queue(mode), keys.line(mode)];
  const args: (string | number)[] = [arrivals[0]?.range.limit ?? 0];
  for (const { request, range } of arrivals) {
    touched.push(keys.lastOpponent(request.charId));
    args.push(`${range.aroundGs},${Math.floor(range.minGs)},${Math.ceil(range.maxGs)}`);
  }
  const { word, rest } = await script.ask(client, { keys: touched, args });
  // A foreign member of the line may hold a bar.
  if (rest.length !== 3 * arrivals.length) return { isWhole: false, around: arrivals.map(nothing) };
  return { isWhole: word === 'all', around: aroundIn(rest, arrivals.length) };
}

function nothing(): LookedAround {
  return { lastOpponent: '', up: [], down: [] };
}

function aroundIn(rest: readonly string[], count: number): LookedAround[] {
  return Array.from({ length: count }, (_, index) => ({
    lastOpponent: rest[3 * index] ?? '',
    up: cardsIn(rest[3 * index + 1] ?? ''),
    down: cardsIn(rest[3 * index + 2] ?? ''),
  }));
}

function cardsIn(text: string): string[] {
  return text === '' ? [] : text.slice(1).split(' ');
}
