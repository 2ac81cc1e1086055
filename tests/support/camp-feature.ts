import { z } from 'zod';
import { type AccountPlayer, withCharacter } from '../../domains/account/account-player.ts';
import { type Feature, feature } from '../../domains/core/feature.ts';
import { home } from '../../domains/core/home-feature.ts';
import { type Reply, shown } from '../../domains/core/reply.ts';
import { text } from '../../domains/core/text.ts';
import type { Button, UiPayload } from '../../domains/core/ui-payload.ts';

const campActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('camp') }),
  z.strictObject({
    action: z.literal('camp.rest'),
    value: z.strictObject({ hours: z.int().min(1).max(9), beside: z.enum(['fire', 'river']) }),
  }),
  z.strictObject({ action: z.literal('camp.leave') }),
]);
type CampAction = z.infer<typeof campActionSchema>;

interface Camp {
  readonly name: string | null;
  readonly restedHours: number;
}

/** A feature for tests: a camp that holds its character, asks for a name and can be left. */
export function campFeature(): Feature<AccountPlayer> {
  const camps = new Map<number, Camp>();
  return feature({
    name: 'camp',
    actions: campActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, ({ charId }) => act(camps, { player, charId }, action)),
    commands: [{ name: 'camp', action: { action: 'camp' }, description: 'account.help.title' }],
    readOnly: ['camp'],
    reads: { camp: 'account' },
    typed: {
      asks: 'camp_name',
      handle: (player, name) =>
        withCharacter(player, ({ charId }) => {
          camps.set(charId, { restedHours: 0, ...camps.get(charId), name });
          return player.home();
        }),
    },
    occupies: (charId) => Promise.resolve(camps.has(charId)),
    present: {
      world: async (player) => {
        const camp = camps.get((await player.played())?.charId ?? 0);
        return camp === undefined ? null : campScreen(camp);
      },
    },
  });
}

interface Camper {
  readonly player: AccountPlayer;
  readonly charId: number;
}

async function act(
  camps: Map<number, Camp>,
  { player, charId }: Camper,
  action: CampAction,
): Promise<Reply> {
  const camp = camps.get(charId) ?? { name: null, restedHours: 0 };
  switch (action.action) {
    case 'camp':
      camps.set(charId, camp);
      return shown(campScreen(camp));
    case 'camp.rest':
      camps.set(charId, { ...camp, restedHours: camp.restedHours + action.value.hours });
      return player.home();
    case 'camp.leave':
      camps.delete(charId);
      return player.home();
  }
}

function campScreen({ name, restedHours }: Camp): UiPayload {
  const rest: Button<CampAction> = {
    label: text('bot.button.retry'),
    action: 'camp.rest',
    value: { hours: 2, beside: 'river' },
  };
  const leave: Button<CampAction> = { label: text('account.button.lobby'), action: 'camp.leave' };
  return {
    screen: 'camp',
    title: text('account.gender.title', { name: name ?? text('account.nameless') }),
    body: [text('account.lobby.body', { count: restedHours, limit: 9 })],
    buttons: [[rest, leave], [{ label: text('account.button.home'), ...home }]],
    ...(name === null ? { asks: 'camp_name' } : {}),
  };
}
