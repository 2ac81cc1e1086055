import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { accountFormat } from '../../domains/account/account-context.ts';
import { keys } from '../../redis/keys.ts';
import { withAction, makeCharacter } from '../support/duel-steps.ts';
import { openArena } from '../support/open-arena.ts';
import { silentLog } from '../support/silent-log.ts';

test('a session that a newer release wrote is left as it is, and its player reads that', async () => {
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const open = await openArena({}, { redis });
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  const { documents } = redis;
  await documents.set(keys.account(1), '$.schema', accountFormat.version + 1);
  const before = await documents.get(keys.account(1), '$');
  await ann.tap(withAction('arena.join'));
  await ann.sees(/being updated/);
  await ann.tap(withAction('home'));
  await open.arena.idle();
  await open.arena.services.logout.flush();
  expect(await documents.get(keys.account(1), '$')).toEqual(before);
  expect(open.log.lines.filter(({ level }) => level === 'error')).toEqual([]);

  await documents.set(keys.account(1), '$.schema', accountFormat.version);
  await ann.tap(withAction('home'));
  await ann.sees(/The sand is raked/);
});
