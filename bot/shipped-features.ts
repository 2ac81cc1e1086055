import { firstFight } from '../domains/arena/first-fight.ts';
import { DuelService } from '../domains/arena/duel-service.ts';
import type { BattleArchive } from '../domains/combat/battle-archive.ts';
import { combatHelp } from '../domains/combat/combat-facts.ts';
import type { CombatService } from '../domains/combat/combat-service.ts';
import { HistoryService } from '../domains/combat/history-service.ts';
import type { Clock } from '../domains/core/clock.ts';
import { drawPng } from './draw-png.ts';
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
import { firstStory } from '../domains/story/first-story.ts';
import { type StoryFeatureDeps, storyFeature } from '../domains/story/story-feature.ts';
import { type WorldFeatureDeps, worldFeature } from '../domains/exploration/world-feature.ts';
import { type PrivacyFeatureDeps, privacyFeature } from '../domains/privacy/privacy-feature.ts';

type FeatureDeps = LobbyFeatureDeps &
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
  WorldFeatureDeps &
  StoryFeatureDeps &
  BanFeatureDeps &
  AdminFeatureDeps &
  HistoryFeatureDeps;

type MadeHere = 'history' | 'duel' | 'firstScreen' | 'firstFight' | 'help' | 'drawPng' | 'sidesOf';

export type ShippedDeps = Omit<FeatureDeps, MadeHere> &
  ConstructorParameters<typeof DuelService>[0] &
  Parameters<typeof firstFight>[0] &
  Omit<Parameters<typeof firstStory>[0], 'firstFight'> & {
    readonly battles: BattleArchive;
    readonly clock: Clock;
  };

export function shippedFeatures(deps: ShippedDeps): readonly Feature<ArenaPlayer>[] {
  const fight = firstFight(deps);
  return featuresOf({
    ...deps,
    history: new HistoryService({ ...deps, archive: deps.battles }),
    duel: new DuelService(deps),
    firstScreen: firstStory({ ...deps, firstFight: fight }),
    firstFight: fight,
    help: combatHelp(),
    drawPng,
    sidesOf: sidesIn(deps.combat, deps.battles),
  });
}

/** A feature is a folder of its domain and a line here. */
function featuresOf(services: FeatureDeps): readonly Feature<ArenaPlayer>[] {
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
    worldFeature(services),
    storyFeature(services),
    ladderFeature(services),
    historyFeature(services),
    profileFeature(services),
    guideFeature(services),
    privacyFeature(services),
    banFeature(services),
    adminFeature(services),
  ];
}

/** Of a battle that runs or has ended. */
function sidesIn(combat: Pick<CombatService, 'find'>, archive: Pick<BattleArchive, 'find'>) {
  return async (battleId: string) =>
    ((await combat.find(battleId)) ?? (await archive.find(battleId)))?.sides ?? null;
}
