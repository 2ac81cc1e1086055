import { expect, onTestFinished, test } from 'vitest';
import { type TestPlayer, newTestPlayer } from 'telegram-sandbox/testing';
import type { Database } from '../../database/database.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { savedSessions } from '../../database/schema.ts';
import { ACCOUNT_VERSION } from '../../domains/account/account-context.ts';
import { placedGrant } from '../../domains/inventory/journey.ts';
import { keys } from '../../redis/keys.ts';
import { checkEarnings } from '../../tools/chaos/check-earnings.ts';
import { checkOutOlderRelease } from '../../tools/chaos/older-release.ts';
import { RETURN_TIMEOUT_MS } from '../support/check-return.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { screenWith, search, surrender, withAction } from '../support/duel-steps.ts';
import { beginDuel, openDeploy } from '../support/rolling-deploy.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';

/** The last release that stores version 1 of sessions and pays nothing for battles. */
const OLDER = '0.5.0';
const [ANN, BOB, CID] = [1, 2, 3];

async function makeOlderCharacter(who: TestPlayer, name: string): Promise<void> {
  who.say('/start');
  await who.tap(withAction('lobby.new'));
  await who.client.waitFor((chat) => chat.messages.at(-1)?.text.includes('✏️'));
  who.say(name);
  await who.tap(withAction('onboarding.gender||female'));
  await who.tap(withAction('onboarding.archetype||warrior'));
  await who.tap(withAction('onboarding.confirm'));
  await screenWith(who, 'character');
}

/** A level, and an axe that is worn. */
async function giveGear(db: Database, charId: number): Promise<void> {
  const journeys = new SqlJourneys({ db, clock: { now: () => Date.now() } });
  const axe = { template: 'might_weapon', rarity: 'fine', affixes: ['bear'] } as const;
  const grant = { id: `start:${charId}`, xp: 30, gold: 20, uses: {}, items: [axe] };
  await journeys.step(charId, ({ items }) => {
    return { kind: 'change', change: { grants: [placedGrant(grant, items)] } };
  });
  await journeys.step(charId, ({ items, attributes }) => ({
    kind: 'change',
    change: {
      items: items.map((item) => ({ ...item, place: 'worn', slot: 'weapon' })),
      spentPoints: 1,
      attributes: { ...attributes, luck: attributes.luck + 1 },
    },
  }));
}

async function savedVersions(db: Database): Promise<number[]> {
  const { character_id: id, version } = savedSessions;
  return (await db.select({ version }).from(savedSessions).orderBy(id)).map((row) => row.version);
}

describeOnRedisServer('a rolling deploy', () => {
  describeOnPostgres(`from ${OLDER}`, () => {
    test(
      'keeps what characters have earned in the new release while the old one still serves them',
      async ({ skip }) => {
        const release = checkOutOlderRelease(OLDER);
        if (release === null) return skip(`${OLDER} is not in this clone`);
        onTestFinished(() => {
          release.remove();
        });
        const deploy = await openDeploy(release.folder);
        const people = ['Ann', 'Bob', 'Cid'].map((name) => newTestPlayer(deploy.sandbox, name));
        const [ann, bob, cid] = people as [TestPlayer, TestPlayer, TestPlayer];
        await makeOlderCharacter(ann, 'Ann');
        await makeOlderCharacter(bob, 'Bob');
        await makeOlderCharacter(cid, 'Cid');
        await beginDuel(ann, bob);
        await bob.tap(withAction('battle.surrender|'));
        await bob.tap(withAction('battle.surrender_confirmed'));
        await Promise.all([ann.sees(/Victory/), bob.sees(/Defeat/)]);

        await deploy.startNewer();
        const stores = await deploy.openStores();
        const { documents, db, redis } = stores;
        const sessionOf = (charId: number) => documents.get(keys.account(charId), '$');
        await expect.poll(() => savedVersions(db)).toEqual([1, 1, 1]);
        expect(await documents.get(keys.account(ANN), '$.schema')).toEqual({ kind: 'no_path' });

        deploy.serveBy('newer');
        for (const one of [ann, bob]) one.say('/menu');
        await Promise.all([screenWith(ann, 'arena.join'), screenWith(bob, 'arena.join')]);
        await beginDuel(ann, bob);
        await surrender(bob);
        await ann.sees(/Victory/);
        await giveGear(db, ANN);
        await giveGear(db, CID);
        ann.say('/bag');
        await screenWith(ann, 'bag.item');
        const earned = await sessionOf(ANN);

        deploy.serveBy('older');
        ann.say('/menu');
        await ann.sees(/being updated/);
        expect(await sessionOf(ANN)).toEqual(earned);
        await redis.del(keys.account(CID));
        cid.say('/start');
        await search(cid);
        await cid.tap(withAction('arena.cancel'));
        await screenWith(cid, 'arena.join');
        // Restored by the older release, which knows no gear.
        expect(await documents.get(keys.account(CID), '$.gear')).toEqual({ kind: 'no_path' });
        deploy.older.kill('SIGTERM');
        expect(await deploy.older.ended).toBe(0);
        expect(await sessionOf(ANN)).toEqual(earned);

        deploy.serveBy('newer');
        for (const one of [ann, cid]) {
          one.say('/bag');
          await screenWith(one, 'bag.item');
        }
        const gear = { version: 2, bonus: { strength: 1, endurance: 1 } };
        expect(await sessionOf(CID)).toMatchObject({ value: { gear } });
        expect(await checkEarnings(stores, { isOfOlderRelease: () => true })).toEqual({
          paid: 2,
          unpaid: 1,
          items: 2,
          repaired: 0,
          violations: [],
        });
        const all = [ANN, BOB, CID].map(() => ACCOUNT_VERSION);
        await expect.poll(() => savedVersions(db)).toEqual(all);
      },
      RETURN_TIMEOUT_MS,
    );
  });
});
