import { AROUND_ROWS, type Group, TOP_ROWS } from '../../domains/rating/ladder.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('read-list', ['rows', 'missing']);

/** Whose list it is, and what multiplies numbers in its scores. */
export interface ListRead {
  readonly scope: string;
  readonly of: Group;
  readonly charId: number;
  readonly unit: number;
}

/** The lines of the reply after the count; null: there is no such list. */
export async function readList(client: RedisClient, { scope, of, charId, unit }: ListRead) {
  const { word, rest } = await script.ask(client, {
    keys: [keys.list(scope, of), keys.listNames(scope)],
    args: [charId, TOP_ROWS, AROUND_ROWS, unit],
  });
  if (word === 'missing') return null;
  // A name may have bars.
  const [above = '', ...lines] = rest.join('|').split('\n');
  return { above: Number(above), lines };
}
