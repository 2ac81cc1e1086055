import { expect, onTestFinished, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import type { Documents } from '../../redis/documents/documents.ts';
import { LuaDocuments } from '../../redis/documents/lua-documents.ts';
import { keys } from '../../redis/keys.ts';
import {
  withAction,
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
} from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { silentLog } from '../support/silent-log.ts';

/** Documents by one engine until the other takes over, as when Redis gets its JSON module. */
function switched(first: Documents, second: Documents) {
  let present = first;
  const documents: Documents = {
    set: (key, path, value) => present.set(key, path, value),
    create: (key, value) => present.create(key, value),
    get: (key, path) => present.get(key, path),
    change: (key, path, decide) => present.change(key, path, decide),
    snapshot: (key) => present.snapshot(key),
    delIfUnchanged: (key, stamp) => present.delIfUnchanged(key, stamp),
  };
  return {
    documents,
    toOther: () => {
      present = second;
    },
  };
}

/** An arena whose documents are texts on a plain Redis, until `toOther` finds the module's instead. */
async function openSwitched() {
  const redis: Connection = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const { documents, toOther } = switched(new LuaDocuments(redis.client), redis.documents);
  const repositories = memoryRepositories();
  const open = await openArena({}, { repositories, redis: { ...redis, documents } });
  const { accounts } = open.arena.services;
  const idOf = async (who: TestPlayer) =>
    (await repositories.characters.listOf(who.id)).at(0)?.character_id ?? 0;
  const saved = async (charId: number) => {
    const context = await accounts.getFullAccount(charId);
    if (context === null) throw new Error(`Character ${charId} has no session`);
    const savedAtMs = open.clock.now();
    await repositories.savedSessions.save([{ charId, context, savedAtMs, seenAtMs: savedAtMs }]);
    return context;
  };
  return { open, accounts, found: redis.documents, toOther, idOf, saved };
}

test('a player whose session the other engine wrote goes on with the last saved session', async () => {
  const { open, accounts, found, toOther, idOf, saved } = await openSwitched();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  const charId = await idOf(ann);
  await accounts.updateStatCurrent(charId, 'hp', 5);
  const context = await saved(charId);
  toOther();
  await ann.tap(withAction('character'));
  await ann.tap(withAction('home'));
  const door = await screenWith(ann, 'character');
  expect(door.text).toMatch(/\s5\//);
  expect(await found.get(keys.account(charId), '$')).toEqual({ kind: 'value', value: context });
  expect(loggedProblems(open)).toEqual([expect.stringContaining(`"key":"ac:${charId}"`)]);
});

test('a player who waits meanwhile is matched, and the duel gives back their wounds', async () => {
  const { open, accounts, toOther, idOf, saved } = await openSwitched();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  const ids = [await idOf(ann), await idOf(bob)];
  for (const charId of ids) {
    await accounts.updateStatCurrent(charId, 'hp', 5);
    await saved(charId);
  }
  await search(bob);
  await screenWith(bob, 'arena.cancel');
  toOther();
  await search(ann);
  await Promise.all([ann, bob].map((who) => screenWith(who, 'battle.strike')));
  await Promise.all([ann, bob].map((who) => fightToTheEnd(who)));
  const health = await Promise.all(ids.map(async (id) => (await accounts.getStats(id))?.hp.cur));
  expect(health).toEqual([5, 5]);
  expect(loggedProblems(open).toSorted()).toEqual(
    ids.toSorted().map((id) => expect.stringContaining(`"key":"ac:${id}"`) as unknown),
  );
});
