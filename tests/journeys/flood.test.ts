import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ArenaPlayer } from '../../domains/arena/arena-player.ts';
import { feature } from '../../domains/core/feature.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

/** A feature whose one command lasts until it is released. */
function holdFeature() {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held: number[] = [];
  const hold = feature({
    name: 'hold',
    actions: z.discriminatedUnion('action', [z.strictObject({ action: z.literal('hold') })]),
    act: async (player: ArenaPlayer) => {
      held.push(player.userId);
      await released;
      return player.home();
    },
    commands: [{ name: 'hold', action: { action: 'hold' }, description: 'account.help.title' }],
  });
  return { hold, held, release };
}

test('a flood of one user leaves 20 of their updates pending, and others are served', async () => {
  const { hold, held, release } = holdFeature();
  const open = await openArena({}, { features: [hold] });
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  ann.say('/start');
  await ann.sees(/Welcome/);
  for (let sent = 0; sent < 30; sent += 1) ann.say('/hold');
  // More than are handled at once for all users.
  for (let sent = 0; sent < 520; sent += 1) ann.say('Hello?');
  for (let sent = 0; sent < 50; sent += 1) ann.client.tap(`tap-${sent}`, { force: true });
  bob.say('/start');
  await bob.sees(/Welcome/);
  await expect.poll(() => ann.client.toasts().length).toBe(50);
  expect(new Set(ann.client.toasts().map((toast) => toast.text))).toEqual(
    new Set(['Already on it!']),
  );
  expect(held).toEqual([ann.id]);
  release();
  await expect.poll(() => held.length).toBe(20);
  await expect
    .poll(() => {
      ann.say('/start');
      return ann.client.chat().messages.at(-2)?.from;
    })
    .toBe('bot');
  expect(held).toHaveLength(20);
  expect(loggedProblems(open)).toEqual([]);
});
