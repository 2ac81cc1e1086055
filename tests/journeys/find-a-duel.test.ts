import { expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  surrender,
} from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisCluster } from '../support/redis-cluster.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';
import { notifyingSends } from '../support/screens-in-chat.ts';
import { hasFaults } from '../support/fault-profile.ts';

function duels(url: () => string | null): void {
  test('two players get from /start to a result card in under 60 taps each', async () => {
    const redisUrl = url();
    const open = await openArena(redisUrl === null ? {} : { REDIS_URL: redisUrl });
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Боб', 'ru')];
    const taps = await Promise.all([
      makeCharacter(ann, { name: 'Annabel', archetype: 'duelist' }),
      makeCharacter(bob, { name: 'Богдан', archetype: 'guardian', gender: 'male' }),
    ]);
    const searching = await search(ann);
    await screenWith(ann, 'arena.cancel');
    await search(bob);
    const fought = await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);

    const [annSees, bobSees] = [
      await ann.sees(/Victory|Defeat|draw/),
      await bob.sees(/Победа|Поражение|Ничья/),
    ];
    expect(annSees.text).toMatch(
      /Against Богдан .* rounds?\n[^]*Open zones hit: 🟢 \d+ of \d+ · 🔴/u,
    );
    expect(bobSees.text).toMatch(/Соперник — Annabel .* раунд[^]*Отбито ударов: 🟢 \d+ · 🔴 \d+/u);
    for (const [index, count] of taps.entries()) {
      expect(count + searching + (fought[index] ?? 0)).toBeLessThan(60);
    }
    expect(loggedProblems(open)).toEqual([]);
  });
}

describeOnEachRedisUrl('a duel', duels);
describeOnRedisCluster('a duel', duels);

test('the player who was waiting gets a new message with a sound, and all else is silent', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await open.arena.idle();
  // Of the first fight.
  const before = notifyingSends(open.sandbox, ann.id);
  await search(ann);
  const waiting = await screenWith(ann, 'arena.cancel');
  expect(notifyingSends(open.sandbox, ann.id)).toBe(before);
  await search(bob);
  const duel = await screenWith(ann, 'battle.strike');
  // Of a repeated send only the first attempt had a sound.
  expect(duel.isSilent).toEqual(hasFaults() ? expect.any(Boolean) : false);
  expect(notifyingSends(open.sandbox, ann.id) - before).toBeLessThanOrEqual(1);
  expect(duel.messageId).toBeGreaterThan(waiting.messageId);
  await ann.client.waitFor((chat) =>
    chat.messages.every((one) => one.messageId !== waiting.messageId),
  );
});

test('both players can search again from the result card', async () => {
  const open = await openArena();
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await screenWith(ann, 'battle.opponent');
  await surrender(ann);
  await ann.sees(/Defeat/);
  await bob.sees(/Victory/);
  await ann.tap(/Next duel/);
  await bob.tap(/Next duel/);
  await screenWith(ann, 'battle.strike');
  await screenWith(bob, 'battle.strike');
  expect(loggedProblems(open)).toEqual([]);
});
