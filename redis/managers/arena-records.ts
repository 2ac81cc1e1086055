import { z } from 'zod';
import type { Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { type ShadowLevel, shadowLevelSchema } from '../../domains/combat/battle.ts';
import { type Monster, monsterSchema } from '../../domains/combat/monster.ts';
import { modeSchema } from '../../domains/core/mode.ts';
import { integerText, numberText, userIdText } from '../number-text.ts';

const requestHash = z.object({
  start_time: integerText,
  gs: numberText,
  mode: modeSchema,
  user_id: userIdText,
});

/** The hash of a request; the character's id is in its key. */
export function requestSchemaOf(charId: number): z.ZodType<QueueRequest> {
  return requestHash.transform(({ start_time: startTimeMs, user_id: userId, mode, gs }) => {
    return { charId, userId, mode, gs, startTimeMs };
  });
}

/**
 * The hash of a match, as `claim-match.lua` and `claim-training.lua` write it; against the Shadow or a
 * monster it has no opponent; in training it has a level, and the name of a monster in the same field.
 */
const matchHash = z.object({
  mode: modeSchema,
  claimed_at: integerText,
  seeker_char: integerText,
  seeker_user: userIdText,
  seeker_gs: numberText,
  seeker_start: integerText,
});
const soloMatchHash = matchHash.extend({
  opponent_char: z.undefined().optional(),
  level: z.union([shadowLevelSchema, monsterSchema]).optional(),
});
const playerMatchHash = matchHash.extend({
  opponent_char: integerText,
  opponent_user: userIdText,
  opponent_gs: numberText,
  opponent_start: integerText,
});

export function matchSchemaOf(id: string): z.ZodType<Match> {
  return z.union([playerMatchHash, soloMatchHash]).transform((hash) => {
    const { mode, claimed_at: claimedAtMs } = hash;
    const seeker = {
      charId: hash.seeker_char,
      userId: hash.seeker_user,
      mode,
      gs: hash.seeker_gs,
      startTimeMs: hash.seeker_start,
    };
    if (hash.opponent_char === undefined) {
      const match = { id, mode, seeker, opponent: null, claimedAtMs };
      return { ...match, ...soloOpponentOf(hash.level) };
    }
    const opponent = {
      charId: hash.opponent_char,
      userId: hash.opponent_user,
      mode,
      gs: hash.opponent_gs,
      startTimeMs: hash.opponent_start,
    };
    return { id, mode, seeker, opponent, claimedAtMs };
  });
}

/** Of the field that holds a level or a monster. */
function soloOpponentOf(
  level: ShadowLevel | Monster | undefined,
): Pick<Match, 'level' | 'monster'> {
  if (level === undefined) return {};
  const { success, data: monster } = monsterSchema.safeParse(level);
  return success ? { monster } : { level: shadowLevelSchema.parse(level) };
}
