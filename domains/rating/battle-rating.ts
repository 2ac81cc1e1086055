import { LEAST_EXCHANGES, LEAST_OWN_MOVES } from '../../resources/numbers/rating.ts';
import type { ArchivedBattle, ArchivedSide } from '../combat/battle-archive.ts';
import type { BattleHandler } from '../combat/battle-handler.ts';
import { type UnratedReason, shownNumber } from '../combat/battle-rating.ts';
import type { Side } from '../combat/battle.ts';
import { pairDamping } from '../core/pair-damping.ts';
import { leagueAfter } from './league.ts';
import { type LadderStanding, openedStanding } from './standing.ts';
import { type Rating, chanceOf, rateTeams, rounded } from './weng-lin.ts';

export interface RatingSideFacts {
  /** The latest standing, perhaps of an earlier season; null: there is none. */
  readonly standing: LadderStanding | null;
  /** Whether a rated battle of this season was against the same user. */
  readonly hasMetOpponent: boolean;
  /** Whether an operator has paused rated play for the user. */
  readonly isPaused: boolean;
}

/** What the database knows before a battle of two people is rated. */
export interface RatingFacts {
  readonly season: number;
  readonly isHandled: boolean;
  /** Rated battles of the same two users within PAIR_WINDOW_H of this one. */
  readonly othersOfPair: number;
  /** null: the database does not know the character. */
  readonly sides: readonly [RatingSideFacts | null, RatingSideFacts | null];
}

export interface RatingChange {
  readonly weight: number;
  /** The predicted chance to win. */
  readonly chance: number;
  readonly score: number;
  readonly before: LadderStanding;
  readonly after: LadderStanding;
}

/** What a battle does to one side; `change`: null if it is not rated. */
export interface RatedSide {
  readonly battleId: string;
  readonly side: Side;
  readonly charId: number;
  readonly userId: number | null;
  readonly season: number;
  readonly endedAtMs: number;
  readonly unrated: UnratedReason | null;
  readonly change: RatingChange | null;
}

/** Rates a battle of two people once. `before`: null if it is not a duel: no other battle is rated. */
export const battleRatingHandler: BattleHandler<RatingFacts | null, readonly RatedSide[]> = {
  name: 'battle_rating',
  apply: (ended, before) => {
    if (before === null || before.isHandled) return [];
    const unrated = unratedReason(ended, before);
    const result = { winner: ended.outcome.winner, endedAtMs: ended.endedAtMs };
    const changes = unrated === null ? ratingChanges(result, before) : null;
    return ([0, 1] as const).flatMap((side) => {
      const { charId, userId } = ended.sides[side];
      const battle = { battleId: ended.id, endedAtMs: ended.endedAtMs, season: before.season };
      const change = changes?.[side] ?? null;
      return charId === null ? [] : [{ ...battle, side, charId, userId, unrated, change }];
    });
  },
};

/** null: the battle is rated. */
export function unratedReason(
  ended: ArchivedBattle,
  { sides: known, othersOfPair }: Pick<RatingFacts, 'sides' | 'othersOfPair'>,
): UnratedReason | null {
  const [one, other] = ended.sides;
  if (ended.outcome.reason === 'operator') return 'operator';
  if (one.userId !== null && one.userId === other.userId) return 'same_user';
  const isUnknown = known.includes(null) || one.userId === null || other.userId === null;
  if (isUnknown) return 'unknown_character';
  if (ended.hadOutage) return 'outage';
  if (known.some((side) => side?.isPaused === true)) return 'paused';
  const exchanges = ended.inputs.filter(({ kind }) => kind === 'exchange').length;
  // How often a side chose in a battle of an earlier release is not known.
  const ownMoves = ({ ownMoves: counted }: ArchivedSide) => counted ?? exchanges;
  if (ended.sides.some((side) => ownMoves(side) < LEAST_OWN_MOVES)) return 'few_moves';
  const isShort = exchanges < LEAST_EXCHANGES && ended.outcome.reason !== 'knockout';
  if (isShort) return 'short';
  return pairDamping(othersOfPair) === 0 ? 'pair' : null;
}

/** What of a battle changes ratings. */
export interface RatedResult {
  readonly winner: Side | null;
  readonly endedAtMs: number;
}

/** Of a battle that is rated. */
export function ratingChanges(
  { winner, endedAtMs }: RatedResult,
  { season, sides: known, othersOfPair }: Omit<RatingFacts, 'isHandled'>,
): [RatingChange, RatingChange] {
  const weight = pairDamping(othersOfPair);
  const opened = (side: Side) => {
    const latest = known[side]?.standing ?? null;
    return latest?.season === season ? latest : openedStanding(season, latest, endedAtMs);
  };
  const before = [opened(0), opened(1)] as const;
  const chance = chanceOf([[before[0]], [before[1]]]);
  const [[first], [second]] = rateTeams([[before[0]], [before[1]]], winner);
  const change = (side: Side, rated: Rating | undefined) => ({
    weight,
    before: before[side],
    score: scoreOf(side, winner),
    chance: rounded(side === 0 ? chance : 1 - chance),
    after: afterBattle(before[side], {
      rated: damped(before[side], rated ?? before[side], weight),
      atMs: endedAtMs,
      isNewOpponent: known[side]?.hasMetOpponent !== true,
    }),
  });
  return [change(0, first), change(1, second)];
}

function scoreOf(side: Side, winner: Side | null): number {
  return winner === null ? 0.5 : Number(winner === side);
}

function damped(before: Rating, full: Rating, weight: number): Rating {
  const between = (from: number, to: number) => rounded(from + weight * (to - from));
  const sigma = Math.min(before.sigma, between(before.sigma, full.sigma));
  return { mu: between(before.mu, full.mu), sigma };
}

interface Battle {
  readonly rated: Rating;
  readonly isNewOpponent: boolean;
  readonly atMs: number;
}

/** A battle may be rated after one that ended later. */
function afterBattle(
  before: LadderStanding,
  { rated, isNewOpponent, atMs }: Battle,
): LadderStanding {
  const [was, is] = [shownNumber(before.mu), shownNumber(rated.mu)];
  const lifetime = before.lifetime + 1;
  return {
    season: before.season,
    ...rated,
    peak: Math.max(before.peak, is),
    battles: before.battles + 1,
    opponents: before.opponents + Number(isNewOpponent),
    lifetime,
    league: leagueAfter(before.league, { shown: is, lifetime }),
    reachedAtMs: was === is ? before.reachedAtMs : Math.max(before.reachedAtMs, atMs),
    lastAtMs: Math.max(before.lastAtMs, atMs),
  };
}
