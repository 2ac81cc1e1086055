import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { withAction, makeCharacter } from '../support/duel-steps.ts';
import { openArena } from '../support/open-arena.ts';
import { silentLog } from '../support/silent-log.ts';

test('a player whose language this release lacks gets Telegram’s language', async () => {
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const open = await openArena({}, { redis });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await redis.client.hset(keys.player(ann.id), 'language', 'tlh');
  await ann.tap(withAction('character'));
  await ann.sees(/Crushing blow/);
  expect(await redis.client.hget(keys.player(ann.id), 'language')).toBe('tlh');
  expect(open.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
