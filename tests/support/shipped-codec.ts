import { CallbackCodec } from '../../bot/callback-data.ts';
import {
  guideActionSchema,
  lobbyActionSchema,
  onboardingActionSchema,
} from '../../domains/account/account-action.ts';
import { adminActionSchema } from '../../domains/admin/admin-action.ts';
import { arenaActionSchema } from '../../domains/arena/arena-action.ts';
import { combatActionSchema } from '../../domains/combat/combat-action.ts';
import { historyActionSchema } from '../../domains/combat/history-action.ts';
import { profileActionSchema } from '../../domains/combat/profile-action.ts';
import { worldActionSchema } from '../../domains/combat/world-action.ts';
import { privacyActionSchema } from '../../domains/privacy/privacy-action.ts';
import { bagActionSchema } from '../../domains/inventory/bag-action.ts';
import { homeActionSchema } from '../../domains/core/home-feature.ts';
import { storyActionSchema } from '../../domains/scenario/story-action.ts';
import { boardActionSchema } from '../../domains/skills/board-action.ts';
import { ladderActionSchema } from '../../domains/rating/ladder-action.ts';
import { characterActionSchema } from '../../domains/skills/character-action.ts';
import { techniquesActionSchema } from '../../domains/skills/techniques-action.ts';
import type { ActionShape } from '../../domains/core/ui-payload.ts';

const codec = new CallbackCodec([
  homeActionSchema,
  lobbyActionSchema,
  onboardingActionSchema,
  guideActionSchema,
  arenaActionSchema,
  combatActionSchema,
  historyActionSchema,
  profileActionSchema,
  privacyActionSchema,
  characterActionSchema,
  bagActionSchema,
  techniquesActionSchema,
  boardActionSchema,
  worldActionSchema,
  storyActionSchema,
  ladderActionSchema,
  adminActionSchema,
]);

export const packAction = (action: ActionShape) => codec.pack(action);
export const unpackAction = (data: string) => codec.unpack(data);
