import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Log } from '../core/log.ts';
import { shown } from '../core/reply.ts';
import { characterActionSchema } from './character-action.ts';
import type { CharacterRecords } from './character-record.ts';
import { characterScreen } from './character-screen.ts';

export interface CharacterFeatureDeps {
  readonly records: CharacterRecords;
  readonly clock: Clock;
  readonly log: Log;
}

/** The character that the user plays: attributes, techniques and record. */
export function characterFeature({
  records,
  ...deps
}: CharacterFeatureDeps): Feature<AccountPlayer> {
  const breaker = new CircuitBreaker({ ...deps, events: null });
  return feature({
    name: 'character',
    actions: characterActionSchema,
    act: (player: AccountPlayer) =>
      withCharacter(player, async ({ charId, account }) => {
        const called = await breaker.call(() => records.recordOf(charId));
        return shown(characterScreen(account, called.kind === 'answered' ? called.value : null));
      }),
    reads: { character: 'account' },
  });
}
