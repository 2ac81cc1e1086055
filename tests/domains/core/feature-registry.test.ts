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
  screen,
  title: text('bot.error'),
  body: [],
  buttons: [],
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

test('act calls the feature that declares the action and throws for an unknown one', async () => {
  const registry = new FeatureRegistry([homeFeature, plain('camp'), plain('shop')]);
  expect((await registry.act(ann, { action: 'shop' })).payload.screen).toBe('shop');
  expect((await registry.act(ann, { action: 'home' })).payload.screen).toBe('present');
  await expect(registry.act(ann, { action: 'bank' })).rejects.toThrow('No feature handles bank');
});

test('act rejects an action whose value does not match its schema', async () => {
  const registry = new FeatureRegistry([plain('camp')]);
  await expect(registry.act(ann, { action: 'camp', value: 7 })).rejects.toThrow();
});

test('the registry refuses two features that claim one action, command or typed text', () => {
  expect(() => new FeatureRegistry([plain('camp'), plain('camp')])).toThrow('claim camp');
  const asking = (name: string) => ({
    ...plain(name),
    typed: { asks: 'word', handle: (player: Player) => player.home() },
  });
  expect(() => new FeatureRegistry([asking('camp'), asking('shop')])).toThrow('claim word');
  const start = { ...plain('camp'), commands: homeFeature.commands ?? [] };
  expect(() => new FeatureRegistry([homeFeature, start])).toThrow('claim start');
});

test('present shows the screen of the first owner in presentOrder, in any order of features', async () => {
  for (const [index, owner] of presentOrder.entries()) {
    const later = presentOrder.slice(index + 1);
    const registry = new FeatureRegistry([plain('later', later), plain('first', [owner])]);
    expect((await registry.present(ann)).screen).toBe(owner);
  }
});

test('occupies is true while any feature occupies the character', async () => {
  const occupying = (name: string, occupiedId: number) => ({
    ...plain(name),
    occupies: (charId: number) => Promise.resolve(charId === occupiedId),
  });
  const registry = new FeatureRegistry([occupying('camp', 1), plain('shop'), occupying('bank', 2)]);
  const occupied = await Promise.all([1, 2, 3].map((charId) => registry.occupies(charId)));
  expect(occupied).toEqual([true, true, false]);
});
