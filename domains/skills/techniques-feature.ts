import { FIXED_TECHNIQUE } from '../../resources/numbers/loadouts.ts';
import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import type { TechniqueId } from '../combat/battle.ts';
import { type Feature, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import type { JourneyService } from '../inventory/journey-service.ts';
import type { Earnings } from '../inventory/journey.ts';
import { replyTo, withEarnings } from './earned-reply.ts';
import { type TechniquesAction, techniquesActionSchema } from './techniques-action.ts';
import { learningScreen, techniquesScreen } from './techniques-screen.ts';
import { chooseLoadout, knownTechniques, learnTechnique } from './techniques.ts';

export interface TechniquesFeatureDeps {
  readonly journey: Pick<JourneyService, 'read' | 'step'>;
}

/** The techniques for battles: choose among those that are known, and learn more. */
export function techniquesFeature({ journey }: TechniquesFeatureDeps): Feature<AccountPlayer> {
  return feature({
    name: 'techniques',
    actions: techniquesActionSchema,
    act: (player: AccountPlayer, action) => act(player, journey, action),
    reads: {
      techniques: 'account',
      'techniques.draft': 'account',
      'techniques.save': 'account',
      'techniques.learning': 'account',
      'techniques.learn': 'account',
    },
  });
}

function act(
  player: AccountPlayer,
  journey: TechniquesFeatureDeps['journey'],
  action: TechniquesAction,
): Promise<Reply> {
  switch (action.action) {
    case 'techniques':
      return withEarnings(player, journey, (earnings) => shown(techniquesScreen(earnings)));
    case 'techniques.draft':
      return withEarnings(player, journey, (earnings) => draft(earnings, action.value));
    case 'techniques.learning':
      return withEarnings(player, journey, (earnings) => shown(learningScreen(earnings)));
    case 'techniques.save': {
      const { first, second, third, version } = action.value;
      const decide = chooseLoadout([first, second, third, FIXED_TECHNIQUE], version);
      return step(player, { journey, decide });
    }
    case 'techniques.learn':
      return step(player, { journey, decide: learnTechnique(action.value) });
  }
}

function step(
  player: AccountPlayer,
  {
    journey,
    decide,
  }: TechniquesFeatureDeps & { readonly decide: ReturnType<typeof learnTechnique> },
): Promise<Reply> {
  return withCharacter(player, async ({ charId }) =>
    replyTo(player, await journey.step(charId, decide), techniquesScreen),
  );
}

/** Changes nothing: what is chosen so far is in the keys. */
function draft(
  earnings: Earnings,
  { first, second }: Readonly<Record<'first' | 'second', TechniqueId | null>>,
): Reply {
  const chosen = knownTechniques(earnings).filter((id) => id === first || id === second);
  return shown(techniquesScreen(earnings, chosen));
}
