import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { type Feature, feature } from '../core/feature.ts';
import { bagActionSchema } from './bag-action.ts';
import { BagService, type BagServiceDeps } from './bag-service.ts';

const bagActions = bagActionSchema.options.map(({ shape }) => shape.action.value);

export type BagFeatureDeps = BagServiceDeps;

/** Bag, chest and shop. */
export function bagFeature(deps: BagFeatureDeps): Feature<AccountPlayer> {
  const bag = new BagService(deps);
  return feature({
    name: 'bag',
    actions: bagActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, (played) => bag.act({ ...played, player }, action)),
    commands: [{ name: 'bag', action: { action: 'bag' }, description: 'bot.command.bag' }],
    reads: Object.fromEntries(bagActions.map((action) => [action, 'account' as const])),
  });
}
