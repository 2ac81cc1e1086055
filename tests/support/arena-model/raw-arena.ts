import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keys } from '../../../redis/keys.ts';
import { execReplies } from '../../../redis/exec-replies.ts';
import { type ArenaState, listed, waitText } from './arena-state.ts';

const MODE = '1v1';
const pairs = z.array(z.string());
const hash = z.record(z.string(), z.string());
const texts = z.array(z.string().nullable());
const text = z.string().nullable();

/** The raw keys of these characters and matches, in the form of the model's state. */
export async function rawState(
  client: Redis,
  charIds: readonly number[],
  matchIds: readonly string[],
): Promise<ArenaState> {
  const batch = client
    .pipeline()
    .zrange(keys.queue(MODE), 0, -1, 'WITHSCORES')
    .zrange(keys.since(MODE), 0, -1, 'WITHSCORES')
    .zrange(keys.matches(), 0, -1, 'WITHSCORES')
    .mget(charIds.flatMap((id) => [keys.seat(id), keys.lastOpponent(id)]));
  for (const id of charIds) batch.hgetall(keys.request(id));
  for (const id of matchIds) batch.hgetall(keys.match(id)).hget(keys.battle(id), 'version');
  const [queue, since, matches, held, ...rest] = await execReplies(batch);
  const state: Record<string, string> = {
    queue: zsetText(queue),
    since: zsetText(since),
    matches: zsetText(matches),
  };
  const set = (name: string, value: string | null | undefined) => {
    if (value != null) state[name] = value;
  };
  const places = texts.parse(held);
  for (const [index, id] of charIds.entries()) {
    set(`seat ${id}`, places[2 * index]);
    set(`opponent ${id}`, places[2 * index + 1]);
    set(`request ${id}`, requestText(rest[index]));
  }
  for (const [index, id] of matchIds.entries()) {
    set(`match ${id}`, matchText(rest[charIds.length + 2 * index]));
    set(`battle ${id}`, text.parse(rest[charIds.length + 2 * index + 1]));
  }
  return state;
}

function zsetText(reply: unknown): string {
  const flat = pairs.parse(reply);
  return listed(
    flat.flatMap((member, index) => (index % 2 === 0 ? [[member, flat[index + 1] ?? '']] : [])),
  );
}

function requestText(reply: unknown): string | null {
  const { user_id: userId = '?', mode = '?', gs = '?', start_time: startMs } = hash.parse(reply);
  return startMs === undefined ? null : waitText({ userId, mode, gs, startMs });
}

function matchText(reply: unknown): string | null {
  const fields = hash.parse(reply);
  const { mode = '?', claimed_at: claimedAt = '?' } = fields;
  if (Object.keys(fields).length === 0) return null;
  const sides = ['seeker', 'opponent'].flatMap((role) => {
    const charId = fields[`${role}_char`];
    if (charId === undefined) return [];
    const [userId = '?', gs = '?', startMs = '?'] = ['user', 'gs', 'start'].map(
      (name) => fields[`${role}_${name}`],
    );
    return [`${charId}: ${waitText({ userId, mode, gs, startMs })}`];
  });
  return [mode, claimedAt, ...sides].join(', ');
}
