import { EVEN_MARGIN } from '../../resources/numbers/rating.ts';
import { type Text, text } from '../core/text.ts';
import { isProvisional, ratingText, shownNumber } from './battle-rating.ts';
import type { Side } from './battle.ts';
import type { BattleRecord, SideRecord } from './battle-record.ts';
import { otherSide } from './battle-session.ts';

/** The rating of the opponent and the reader's chance; nothing against the Shadow. */
export function opponentRatingLine({ sides, matching }: BattleRecord, reader: Side): Text[] {
  const { rating } = sides[otherSide(reader)];
  if (rating === null) return [];
  const known = opponentRating(rating);
  const chance = chanceText(matching, reader);
  return [
    chance === null
      ? text('battle.match.rating', { rating: known })
      : text('battle.match.chance', { rating: known, chance }),
  ];
}

function opponentRating({ mu, lifetime }: NonNullable<SideRecord['rating']>): Text {
  if (isProvisional(lifetime)) return text('battle.match.new');
  return ratingText({ shown: shownNumber(mu), isProvisional: false });
}

/** In words until the chances are calibrated; null: not known. */
function chanceText(matching: BattleRecord['matching'], reader: Side): Text | null {
  const first = matching?.chance ?? null;
  if (matching === null || first === null) return null;
  const chance = reader === 0 ? first : 1 - first;
  if (matching.isCalibrated)
    return text('battle.match.percent', { percent: Math.round(100 * chance) });
  if (Math.abs(chance - 0.5) < EVEN_MARGIN) return text('battle.match.even');
  return text(chance > 0.5 ? 'battle.match.favourite' : 'battle.match.underdog');
}

/** Why this opponent: GearScores and how much they may differ, and how long both searched. */
export function matchingLines({ sides, matching }: BattleRecord, reader: Side): Text[] {
  const [own, other] = [sides[reader], sides[otherSide(reader)]];
  if (matching === null || own.searchedMs === null || other.searchedMs === null) return [];
  return [
    text('battle.match.why', {
      own: own.gs,
      other: other.gs,
      window: Math.round(100 * matching.window),
      searched: inSeconds(own.searchedMs),
      otherSearched: inSeconds(other.searchedMs),
    }),
  ];
}

function inSeconds(ms: number): number {
  return Math.round(ms / 1000);
}
