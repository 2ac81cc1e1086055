import { BETA, START_MU, START_SIGMA, TAU } from '../../resources/numbers/rating.ts';

/** What a battle of teams is known by: the likely strength and how uncertain it is. */
export interface Rating {
  readonly mu: number;
  readonly sigma: number;
}

export type Team = readonly Rating[];
export type Teams = readonly [Team, Team];

export const startRating: Rating = { mu: START_MU, sigma: START_SIGMA };

/** As the database and the battle's record hold them. */
const DIGITS = 1e6;
/** The least share of the variance that a battle leaves. */
const KAPPA = 1e-4;

export function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}

/** The predicted chance of the first team to win. */
export function chanceOf([first, second]: Teams): number {
  return 1 / (1 + Math.exp((muOf(second) - muOf(first)) / spreadOf([first, second])));
}

/**
 * The ratings after a battle of two teams of any size, by Weng and Lin's Bradley–Terry model; null: a
 * draw. The winners' mu grows, the losers' falls, and no sigma is raised. Not rounded.
 */
export function rateTeams(teams: Teams, winner: 0 | 1 | null): [Rating[], Rating[]] {
  const loosened: Teams = [teams[0].map(loosen), teams[1].map(loosen)];
  const chance = chanceOf(loosened);
  const score = winner === null ? 0.5 : 1 - winner;
  const spread = spreadOf(loosened);
  const rate = (of: 0 | 1, surprise: number) => {
    const variance = varianceOf(loosened[of]);
    const information = (variance * Math.sqrt(variance) * chance * (1 - chance)) / spread ** 3;
    return loosened[of].map(({ mu, sigma }, at) => {
      const share = sigma ** 2 / variance;
      const narrowed = sigma * Math.sqrt(Math.max(1 - share * information, KAPPA));
      return {
        mu: mu + (sigma ** 2 * surprise) / spread,
        sigma: Math.min(narrowed, teams[of][at]?.sigma ?? narrowed),
      };
    });
  };
  return [rate(0, score - chance), rate(1, chance - score)];
}

function loosen({ mu, sigma }: Rating): Rating {
  return { mu, sigma: Math.sqrt(sigma ** 2 + TAU ** 2) };
}

function spreadOf([first, second]: Teams): number {
  return Math.sqrt(varianceOf(first) + varianceOf(second) + 2 * BETA ** 2);
}

function muOf(team: Team): number {
  return team.reduce((sum, { mu }) => sum + mu, 0);
}

function varianceOf(team: Team): number {
  return team.reduce((sum, { sigma }) => sum + sigma ** 2, 0);
}
