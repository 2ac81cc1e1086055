import { type Feature, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import { type OnboardingAction, onboardingActionSchema } from './account-action.ts';
import type { AccountPlayer } from './account-player.ts';
import type { AccountPayload } from './account-screens.ts';
import type { Played } from './login-service.ts';
import { ASKS_NAME, type StepFacts, onboardingScreen } from './onboarding-screens.ts';
import type { OnboardingService, StepReply } from './onboarding-service.ts';

type Onboarding = Pick<
  OnboardingService,
  | 'initialize'
  | 'currentStep'
  | 'goBack'
  | 'goOn'
  | 'offerName'
  | 'setName'
  | 'setGender'
  | 'setArchetype'
  | 'finalize'
>;

/** Where a character goes that has just finished onboarding. */
export type FirstScreen = (player: AccountPlayer, charId: number) => Promise<Reply>;

export interface OnboardingFeatureDeps {
  readonly onboarding: Onboarding;
  readonly firstScreen: FirstScreen;
}

export function onboardingFeature(deps: OnboardingFeatureDeps): Feature<AccountPlayer> {
  const { onboarding } = deps;
  return feature({
    name: 'onboarding',
    actions: onboardingActionSchema,
    act: (player: AccountPlayer, action) => act(deps, player, action),
    typed: { asks: ASKS_NAME, handle: (player, typed) => setName(onboarding, player, typed) },
    present: { onboarding: (player) => present(onboarding, player) },
  });
}

async function act(
  { onboarding, firstScreen }: OnboardingFeatureDeps,
  player: AccountPlayer,
  action: OnboardingAction,
): Promise<Reply> {
  const played = await player.played();
  if (played === null) return player.home(text('account.notice.gone'));
  if (!isOnboarding(played)) return player.home(text('account.notice.onboarded'));
  const { charId } = played;
  const next = (reply: StepReply) => nextStep(onboarding, player, reply);
  switch (action.action) {
    case 'onboarding.step':
      return next(await onboarding.goBack(charId, action.value));
    case 'onboarding.continue':
      return next(await onboarding.goOn(charId));
    case 'onboarding.gender':
      return next(await onboarding.setGender(charId, action.value));
    case 'onboarding.archetype':
      return next(await onboarding.setArchetype(charId, action.value));
    case 'onboarding.confirm': {
      const { kind } = await onboarding.finalize(charId);
      return kind === 'done' ? firstScreen(player, charId) : player.home();
    }
  }
}

async function setName(
  onboarding: Onboarding,
  player: AccountPlayer,
  typed: string,
): Promise<Reply> {
  const played = await player.played();
  if (played === null) return player.home(text('account.notice.gone'));
  if (!isOnboarding(played)) return player.home(text('account.notice.onboarded'));
  return nameCharacter(onboarding, player, { played, typed });
}

/** Sets a name that was typed or taken over from Telegram, and shows what follows. */
export async function nameCharacter(
  onboarding: Pick<Onboarding, 'offerName' | 'setName'>,
  player: AccountPlayer,
  { played, typed }: { readonly played: Played; readonly typed: string },
): Promise<Reply> {
  const reply = await onboarding.setName(played.charId, typed);
  if (reply.kind === 'done' || reply.kind === 'not_onboarding')
    return nextStep(onboarding, player, reply);
  const problem =
    reply.kind === 'refused'
      ? text(`account.name.problem.${reply.problem}`)
      : text('account.name.taken', { name: reply.name });
  const facts = { step: 'name', bio: played.account.bio, problem } as const;
  return shown(await screenOf(onboarding, player, facts));
}

/** The screen of the next step; home if the character is not in onboarding. */
export async function nextStep(
  onboarding: Pick<Onboarding, 'offerName'>,
  player: AccountPlayer,
  reply: StepReply,
): Promise<Reply> {
  if (reply.kind === 'not_onboarding') return player.home(text('account.notice.gone'));
  const { step, account } = reply;
  return shown(await screenOf(onboarding, player, { step, bio: account.bio }));
}

async function present(
  onboarding: Onboarding,
  player: AccountPlayer,
): Promise<AccountPayload | null> {
  const played = await player.played();
  if (played === null || !isOnboarding(played)) return null;
  const { bio } = played.account;
  const step = await onboarding.currentStep(played.charId, bio);
  return screenOf(onboarding, player, { step, bio });
}

function isOnboarding({ account }: Played): boolean {
  return account.state === 'ONBOARDING';
}

async function screenOf(
  onboarding: Pick<Onboarding, 'offerName'>,
  { userId }: AccountPlayer,
  facts: Omit<StepFacts, 'offered'>,
): Promise<AccountPayload> {
  const offered = facts.step === 'name' ? await onboarding.offerName(userId) : null;
  return onboardingScreen({ ...facts, offered });
}
