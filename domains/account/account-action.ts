import { z } from 'zod';
import type { HomeAction } from '../core/home-feature.ts';
import { archetypeSchema, genderSchema } from './account-context.ts';
import { languageSchema } from './hot-user-store.ts';

const charId = z.int().positive();

/** The steps of onboarding that have an answer. */
export const answeredStepSchema = z.enum(['name', 'gender', 'archetype']);

export const lobbyActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('lobby') }),
  z.strictObject({ action: z.literal('lobby.enter'), value: charId }),
  z.strictObject({ action: z.literal('lobby.new') }),
  /** A new character called like its user in Telegram; the button does not carry the name. */
  z.strictObject({ action: z.literal('quick_start') }),
  z.strictObject({ action: z.literal('lobby.manage') }),
  z.strictObject({ action: z.literal('lobby.delete'), value: charId }),
  z.strictObject({ action: z.literal('lobby.delete_confirmed'), value: charId }),
  z.strictObject({ action: z.literal('lobby.logout') }),
]);
export type LobbyAction = z.infer<typeof lobbyActionSchema>;

/** Onboarding's buttons name no character: they act on the active one. */
export const onboardingActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('onboarding.gender'), value: genderSchema }),
  z.strictObject({ action: z.literal('onboarding.archetype'), value: archetypeSchema }),
  z.strictObject({ action: z.literal('onboarding.confirm') }),
  /** Back to a step that was answered. */
  z.strictObject({ action: z.literal('onboarding.step'), value: answeredStepSchema }),
  /** From there to the first step without an answer; the answer stays. */
  z.strictObject({ action: z.literal('onboarding.continue') }),
]);
export type OnboardingAction = z.infer<typeof onboardingActionSchema>;

export const guideActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('help') }),
  z.strictObject({ action: z.literal('language') }),
  z.strictObject({ action: z.literal('language.set'), value: languageSchema }),
  z.strictObject({ action: z.literal('emotes.mute') }),
  z.strictObject({ action: z.literal('emotes.unmute') }),
]);
export type GuideAction = z.infer<typeof guideActionSchema>;

export type AccountAction = HomeAction | LobbyAction | OnboardingAction | GuideAction;
