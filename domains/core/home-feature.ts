import { z } from 'zod';
import { type Player, feature } from './feature.ts';
import { shown } from './reply.ts';

export const homeActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('home') }),
]);

export type HomeAction = z.infer<typeof homeActionSchema>;

export const home = { action: 'home' } as const;

export const homeFeature = feature({
  name: 'home',
  actions: homeActionSchema,
  act: async (player: Player) => shown(await player.currentScreen()),
  commands: [
    { name: 'start', action: home, description: 'bot.command.start' },
    { name: 'menu', action: home, description: 'bot.command.menu' },
  ],
  readOnly: ['home'],
  reads: { home: 'place' },
});
