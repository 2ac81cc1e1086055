import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Feature,
  type Player,
  type ScreenOwner,
  feature,
  presentOrder,
} from '../../../domains/core/feature.ts';
import { FeatureRegistry } from '../../../domains/core/feature-registry.ts';
import { homeFeature } from '../../../domains/core/home-feature.ts';
import { shown } from '../../../domains/core/reply.ts';
import { text } from '../../../domains/core/text.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';

const screenOf = (screen: string): UiPayload => ({
  ...{ screen, title: text('bot.error'), body: [], buttons: [] },
});
const ann: Player = {
  userId: 1,
  currentScreen: () => Promise.resolve(screenOf('present')),
  home: () => Promise.resolve(shown(screenOf('home'))),
};

/** A feature whose one action has its name, and that shows a screen as each of these owners. */
function plain(name: string, owners: readonly ScreenOwner[] = []): Feature {
  const screens = owners.map((owner) => [owner, () => Promise.resolve(screenOf(owner))] as const);
  return feature({
    name,
    actions: z.discriminatedUnion('action', [z.strictObject({ action: z.literal(name) })]),
    act: () => Promise.resolve(shown(screenOf(name))),
    present: Object.fromEntries(screens),
  });
}

test('an action goes to the feature that names it; an unknown one is refused', async () => {
  const registry = new FeatureRegistry([homeFeature, plain('camp'), plain('shop')]);
  expect((await registry.act(ann, { action: 'shop' })).payload.screen).toBe('shop');
  expect((await registry.act(ann, { action: 'home' })).payload.screen).toBe('present');
  await expect(registry.act(ann, { action: 'bank' })).rejects.toThrow('No feature knows bank');
});

test('an action whose value is not what its schema says reaches no feature', async () => {
  const registry = new FeatureRegistry([plain('camp')]);
  await expect(registry.act(ann, { action: 'camp', value: 7 })).rejects.toThrow();
});

test('two features that claim one action, command or typed text are refused', () => {
  expect(() => new FeatureRegistry([plain('camp'), plain('camp')])).toThrow('claim camp');
  const asking = (name: string) => ({
    ...plain(name),
    typed: { asks: 'word', handle: (player: Player) => player.home() },
  });
  expect(() => new FeatureRegistry([asking('camp'), asking('shop')])).toThrow('claim word');
  const start = { ...plain('camp'), commands: homeFeature.commands };
  expect(() => new FeatureRegistry([homeFeature, start])).toThrow('claim start');
});

test('the present screen is that of the first owner in the order, whatever the wiring', async () => {
  for (const [index, owner] of presentOrder.entries()) {
    const later = presentOrder.slice(index + 1);
    const registry = new FeatureRegistry([plain('later', later), plain('first', [owner])]);
    expect((await registry.present(ann)).screen).toBe(owner);
  }
});

test('a character is occupied while any feature holds it', async () => {
  const holding = (name: string, held: number) => ({
    ...plain(name),
    occupies: (charId: number) => Promise.resolve(charId === held),
  });
  const registry = new FeatureRegistry([holding('camp', 1), plain('shop'), holding('bank', 2)]);
  const held = await Promise.all([1, 2, 3].map((charId) => registry.occupies(charId)));
  expect(held).toEqual([true, true, false]);
});
