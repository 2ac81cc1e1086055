import { withCharacter } from '../account/account-player.ts';
import { type CombatAction, combatActionSchema } from '../combat/combat-action.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Reply } from '../core/reply.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { type ArenaPlayer, placeOf } from './arena-player.ts';
import type { DuelService, DuelPlayer } from './duel-service.ts';

export interface DuelFeatureDeps {
  readonly duel: DuelService;
}

export function duelFeature({ duel }: DuelFeatureDeps): Feature<ArenaPlayer> {
  return feature({
    name: 'duel',
    actions: combatActionSchema,
    act: (player: ArenaPlayer, action) => act(duel, player, action),
    readOnly: ['battle.look'],
    reads: {
      'battle.strike': 'known_battle',
      'battle.guard': 'known_battle',
      'battle.technique': 'known_battle',
      'battle.look': 'battle',
      'battle.opponent': 'battle',
      'battle.emote': 'battle',
      'battle.block': 'battle',
      'battle.block_confirmed': 'battle',
      'battle.unblock': 'battle',
      'battle.surrender': 'battle',
      'battle.surrender_confirmed': 'battle',
    },
    present: { battle: (player) => present(duel, player) },
  });
}

async function act(duel: DuelService, player: ArenaPlayer, action: CombatAction): Promise<Reply> {
  const own = await player.battle();
  const { userId } = player;
  const home: DuelPlayer['home'] = (notice) => player.home(notice);
  const as = (charId: number): DuelPlayer => ({ charId, userId, home });
  if (own !== null) return duel.act(as(own.charId), action, own.record);
  return withCharacter(player, ({ charId }) => duel.act(as(charId), action));
}

async function present(duel: DuelService, player: ArenaPlayer): Promise<UiPayload | null> {
  const at = await placeOf(player);
  if (at?.place.kind !== 'seated') return null;
  return duel.getBattleScreen({ charId: at.charId, userId: player.userId }, at.place.battleId);
}
