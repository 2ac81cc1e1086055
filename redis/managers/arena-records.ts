import { z } from 'zod';
import type { Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { modeSchema } from '../../domains/core/mode.ts';
import { integerText, numberText, userIdText } from '../number-text.ts';

/** The hash of a request; whose it is, its key says. */
const requestHash = z.object({
  start_time: integerText,
  gs: numberText,
  mode: modeSchema,
  user_id: userIdText,
});

export function requestSchemaOf(charId: number): z.ZodType<QueueRequest> {
  return requestHash.transform((hash) => ({
    charId,
    userId: hash.user_id,
    mode: hash.mode,
    gs: hash.gs,
    startTimeMs: hash.start_time,
  }));
}

/** The hash of a match, as `claim-match.lua` writes it; against the Shadow it has no opponent. */
const matchHash = z.object({
  mode: modeSchema,
  claimed_at: integerText,
  seeker_char: integerText,
  seeker_user: userIdText,
  seeker_gs: numberText,
  seeker_start: integerText,
});
const opponentHash = z.object({
  opponent_char: integerText,
  opponent_user: userIdText,
  opponent_gs: numberText,
  opponent_start: integerText,
});

export function matchSchemaOf(id: string): z.ZodType<Match> {
  const alone = matchHash.extend({ opponent_char: z.undefined().optional() });
  const against = matchHash.extend(opponentHash.shape);
  return z.union([against, alone]).transform((hash) => ({
    id,
    mode: hash.mode,
    seeker: {
      charId: hash.seeker_char,
      userId: hash.seeker_user,
      mode: hash.mode,
      gs: hash.seeker_gs,
      startTimeMs: hash.seeker_start,
    },
    opponent:
      hash.opponent_char === undefined
        ? null
        : {
            charId: hash.opponent_char,
            userId: hash.opponent_user,
            mode: hash.mode,
            gs: hash.opponent_gs,
            startTimeMs: hash.opponent_start,
          },
    claimedAtMs: hash.claimed_at,
  }));
}
