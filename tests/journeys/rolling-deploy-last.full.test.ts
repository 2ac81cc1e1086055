import { expect, onTestFinished, test } from 'vitest';
import { newTestPlayer } from 'telegram-sandbox/testing';
import { battles } from '../../database/schema.ts';
import { keys } from '../../redis/keys.ts';
import { checkEarnings } from '../../tools/chaos/check-earnings.ts';
import { checkOutOlderRelease } from '../../tools/chaos/older-release.ts';
import { RETURN_TIMEOUT_MS } from '../support/check-return.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { beginDuel, openDeploy } from '../support/rolling-deploy.ts';

describeOnRedisServer('a rolling deploy', () => {
  describeOnPostgres('from the last release', () => {
    test(
      'lets a duel of the old process end in the new one, and loses no later one by the end of the old process',
      async ({ skip }) => {
        const release = checkOutOlderRelease();
        if (release === null) return skip('the last release is not in this clone');
        onTestFinished(() => {
          release.remove();
        });
        const deploy = await openDeploy(release.folder);
        const ann = newTestPlayer(deploy.sandbox, 'Ann');
        const bob = newTestPlayer(deploy.sandbox, 'Bob');
        await makeCharacter(ann, { name: 'Ann' });
        await makeCharacter(bob, { name: 'Bob' });
        await beginDuel(ann, bob);

        await deploy.startNewer();
        deploy.serveBy('newer');
        await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
        for (const one of [ann, bob]) one.say('/menu');
        await Promise.all([screenWith(ann, 'arena.join'), screenWith(bob, 'arena.join')]);
        await beginDuel(ann, bob);
        deploy.older.kill('SIGTERM');
        expect(await deploy.older.ended).toBe(0);
        await surrender(bob);
        await ann.sees(/Victory/);
        await ann.tap(withAction('arena.menu'));

        const stores = await deploy.openStores();
        const { db, redis } = stores;
        // Two first fights and two duels.
        await expect.poll(() => db.$count(battles)).toBe(4);
        expect(await redis.exists(keys.seat(1), keys.seat(2))).toBe(0);
        const { violations } = await checkEarnings(stores, { isOfOlderRelease: () => false });
        expect(violations).toEqual([]);
      },
      RETURN_TIMEOUT_MS,
    );
  });
});
