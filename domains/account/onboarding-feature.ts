import { type Feature, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import { type OnboardingAction, onboardingActionSchema } from './account-action.ts';
import type { Bio } from './account-context.ts';
import type { AccountPlayer } from './account-player.ts';
import type { AccountPayload } from './account-screens.ts';
import type { Played } from './login-service.ts';
import { ASKS_NAME, onboardingScreen } from './onboarding-screens.ts';
import { type OnboardingService, type StepReply, stepOf } from './onboarding-service.ts';

type Onboarding = Pick<OnboardingService, 'setName' | 'setGender' | 'setArchetype' | 'finalize'>;

export interface OnboardingFeatureDeps {
  readonly onboarding: Onboarding;
}

export function onboardingFeature({ onboarding }: OnboardingFeatureDeps): Feature<AccountPlayer> {
  return feature({
    name: 'onboarding',
    actions: onboardingActionSchema,
    act: (player: AccountPlayer, action) => act(onboarding, player, action),
    typed: { asks: ASKS_NAME, handle: (player, typed) => setName(onboarding, player, typed) },
    present: { onboarding: present },
  });
}

async function act(
  onboarding: Onboarding,
  player: AccountPlayer,
  action: OnboardingAction,
): Promise<Reply> {
  const played = await player.played();
  if (played === null) return player.home(text('account.notice.gone'));
  if (!isOnboarding(played)) return player.home(text('account.notice.onboarded'));
  const { charId, account } = played;
  switch (action.action) {
    case 'onboarding.step':
      return shown(onboardingScreen(action.value, account.bio));
    case 'onboarding.gender':
      return nextStep(player, await onboarding.setGender(charId, action.value));
    case 'onboarding.archetype':
      return nextStep(player, await onboarding.setArchetype(charId, action.value));
    case 'onboarding.confirm': {
      const { kind } = await onboarding.finalize(charId);
      return kind === 'incomplete' ? shown(screenOf(account.bio)) : player.home();
    }
  }
}

async function setName(
  onboarding: Onboarding,
  player: AccountPlayer,
  typed: string,
): Promise<Reply> {
  const played = await player.played();
  if (played === null || !isOnboarding(played)) return player.home();
  const { bio } = played.account;
  const reply = await onboarding.setName(played.charId, typed);
  switch (reply.kind) {
    case 'refused':
      return shown(onboardingScreen('name', bio, text(`account.name.problem.${reply.problem}`)));
    case 'taken':
      return shown(onboardingScreen('name', bio, text('account.name.taken', { name: reply.name })));
    default:
      return nextStep(player, reply);
  }
}

/** The screen of the next step; home if the character is not in onboarding. */
export async function nextStep(player: AccountPlayer, reply: StepReply): Promise<Reply> {
  if (reply.kind === 'not_onboarding') return player.home(text('account.notice.gone'));
  return shown(screenOf(reply.account.bio));
}

async function present(player: AccountPlayer): Promise<AccountPayload | null> {
  const played = await player.played();
  return played !== null && isOnboarding(played) ? screenOf(played.account.bio) : null;
}

function isOnboarding({ account }: Played): boolean {
  return account.state === 'ONBOARDING';
}

function screenOf(bio: Bio): AccountPayload {
  return onboardingScreen(stepOf(bio), bio);
}
