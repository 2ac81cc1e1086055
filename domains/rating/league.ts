import {
  CHAMPIONS,
  CHAMPION_BATTLES,
  LEAGUE_BUFFER,
  leagueBorders,
} from '../../resources/numbers/rating.ts';
import { isProvisional } from '../combat/battle-rating.ts';
import { type League, leagues } from '../combat/league.ts';

interface Rated {
  readonly shown: number;
  readonly lifetime: number;
}

/**
 * The league after a battle, or the first one. It is left upwards at the border of the next and downwards only
 * LEAGUE_BUFFER below its own. null: the number is provisional.
 */
export function leagueAfter(before: League | null, { shown, lifetime }: Rated): League | null {
  if (isProvisional(lifetime)) return null;
  const reached = leagueFrom(shown);
  if (before === null || leagues.indexOf(reached) > leagues.indexOf(before)) return reached;
  return shown < leagueBorders[before] - LEAGUE_BUFFER ? reached : before;
}

function leagueFrom(shown: number): League {
  return leagues.findLast((league) => shown >= leagueBorders[league]) ?? 'bronze';
}

/** `place`: null without one. */
export function isChampion(place: number | null, battles: number): boolean {
  return place !== null && place <= CHAMPIONS && battles >= CHAMPION_BATTLES;
}
