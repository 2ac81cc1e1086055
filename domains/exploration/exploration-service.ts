import type { Played } from '../account/login-service.ts';
import type { PlaceId } from '../../resources/numbers/places.ts';
import type { FightReply, LookReply, WildResult, WorldReply } from './world-reply.ts';

/**
 * Walks, searches and meetings of characters. Each step takes the version of the journey that its
 * button was shown for.
 */
export interface Exploration {
  /** Repairs a session that missed a step. */
  look(who: Played): Promise<LookReply>;
  go(who: Played, to: PlaceId, version: number): Promise<WorldReply>;
  search(who: Played, version: number): Promise<WorldReply>;
  gather(who: Played, version: number): Promise<WorldReply>;
  rest(who: Played, version: number): Promise<WorldReply>;
  heal(who: Played, version: number): Promise<WorldReply>;
  avoid(who: Played, version: number): Promise<WorldReply>;
  run(who: Played, version: number): Promise<WorldReply>;
  examine(who: Played, version: number): Promise<WorldReply>;
  fight(who: Played, version: number): Promise<FightReply>;
  sellMaterials(who: Played, version: number): Promise<WorldReply>;
  /** Whether nothing has to be dealt with first. True if that cannot be read. */
  isFreeToLeave(charId: number): Promise<boolean>;
  /** What the battle has given to the character; null: it is not stored, or not against a monster. */
  resultOf(battleId: string): Promise<WildResult | null>;
}
