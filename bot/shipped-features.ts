import { type LadderFeatureDeps, ladderFeature } from '../domains/rating/ladder-feature.ts';
import { type AdminFeatureDeps, adminFeature } from '../domains/admin/admin-feature.ts';
import { type BanFeatureDeps, banFeature } from '../domains/admin/ban-feature.ts';
import { type GuideDeps, guideFeature } from '../domains/account/guide-feature.ts';
import { type LobbyFeatureDeps, lobbyFeature } from '../domains/account/lobby-feature.ts';
import {
  type OnboardingFeatureDeps,
  onboardingFeature,
} from '../domains/account/onboarding-feature.ts';
import { type ArenaFeatureDeps, arenaFeature } from '../domains/arena/arena-feature.ts';
import type { ArenaPlayer } from '../domains/arena/arena-player.ts';
import { type DuelFeatureDeps, duelFeature } from '../domains/arena/duel-feature.ts';
import { type HistoryFeatureDeps, historyFeature } from '../domains/combat/history-feature.ts';
import type { Feature } from '../domains/core/feature.ts';
import { type BagFeatureDeps, bagFeature } from '../domains/inventory/bag-feature.ts';
import { type BoardFeatureDeps, boardFeature } from '../domains/skills/board-feature.ts';
import {
  type CharacterFeatureDeps,
  characterFeature,
} from '../domains/skills/character-feature.ts';
import {
  type TechniquesFeatureDeps,
  techniquesFeature,
} from '../domains/skills/techniques-feature.ts';
import { homeFeature } from '../domains/core/home-feature.ts';
import { type ProfileFeatureDeps, profileFeature } from '../domains/profile/profile-feature.ts';
import { type PrivacyFeatureDeps, privacyFeature } from '../domains/privacy/privacy-feature.ts';

export type FeatureDeps = LobbyFeatureDeps &
  OnboardingFeatureDeps &
  GuideDeps &
  ArenaFeatureDeps &
  DuelFeatureDeps &
  CharacterFeatureDeps &
  BagFeatureDeps &
  TechniquesFeatureDeps &
  BoardFeatureDeps &
  LadderFeatureDeps &
  PrivacyFeatureDeps &
  ProfileFeatureDeps &
  BanFeatureDeps &
  AdminFeatureDeps &
  HistoryFeatureDeps;

/** A feature is a folder of its domain and a line here. */
export function shippedFeatures(services: FeatureDeps): readonly Feature<ArenaPlayer>[] {
  return [
    homeFeature,
    onboardingFeature(services),
    lobbyFeature(services),
    duelFeature(services),
    arenaFeature(services),
    characterFeature(services),
    bagFeature(services),
    techniquesFeature(services),
    boardFeature(services),
    ladderFeature(services),
    historyFeature(services),
    profileFeature(services),
    guideFeature(services),
    privacyFeature(services),
    banFeature(services),
    adminFeature(services),
  ];
}
