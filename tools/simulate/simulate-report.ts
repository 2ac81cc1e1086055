import { markdownTable, percent, seconds } from '../bench/print-table.ts';
import type { Simulation } from './simulated-arena.ts';
import { type Distribution, standings } from './simulated-arrivals.ts';
import { curveText, curves } from './simulated-curves.ts';
import {
  type SearchMetrics,
  GOOD_DIFFERENCE,
  type Overall,
  metricsOf,
  overallOf,
} from './search-metrics.ts';
import type { Odds } from './simulated-odds.ts';

export interface Run extends Simulation {
  readonly rate: string;
  readonly distribution: Distribution;
  readonly curve: string;
}

/** For each limit on the p95 of the relative difference, the report names the best curve. */
const LIMITS = [0.15, 0.175, 0.2, 0.225, 0.25, 0.3];
/** Shadow shares that differ by less count as equal: then the wait decides. */
const SAME_SHARE = 0.005;

export function oddsReport(odds: readonly Odds[]): string {
  const table = markdownTable(
    ['Lead in GearScore', ...odds.map(({ lead }) => percent(lead, 0))],
    [['the stronger side wins', ...odds.map(({ winRate }) => percent(winRate, 0))]],
  );
  return `## Win rate by lead\n\nEach archetype against itself, both played by the Shadow's policy, not levelled; the lead as a share of the weaker side's GearScore.\n\n${table}\n`;
}

export function scenariosReport(runs: readonly Run[], curve: string): string {
  const rows = runs
    .filter((run) => run.curve === curve)
    .map((run) => [run.distribution, run.rate, ...scenarioCells(metricsOf(run.outcomes), run)]);
  const head = ['GearScores', 'arrivals', 'searches', 'waiting', 'Shadow', 'wait p50', 'p95'];
  const differences = ['gs difference p50', 'p95', 'relative p50', 'p95', 'rematches'];
  return `## ${titleOf(curve)}\n\n${markdownTable([...head, ...differences], rows)}\n`;
}

function scenarioCells(metrics: SearchMetrics, { stillWaiting }: Run): string[] {
  return [
    String(metrics.searches + stillWaiting),
    String(stillWaiting),
    percent(metrics.shadowShare),
    ...waitCells(metrics),
    metrics.difference.at(0.5).toFixed(0),
    metrics.difference.at(0.95).toFixed(0),
    percent(metrics.relativeDifference.at(0.5)),
    percent(metrics.relativeDifference.at(0.95)),
    percent(metrics.rematchShare),
  ];
}

/** Waits, Shadows and differences of newcomers and of the extremes, compared with the middle. */
export function fairnessReport(runs: readonly Run[], curve: string): string {
  const rows = runs.filter((run) => run.curve === curve).map(fairnessRow);
  const columns = standings.flatMap((standing) => [standing, 'wait p95', 'relative p95']);
  const table = markdownTable(['GearScores', 'arrivals', ...columns], rows);
  return `## Fairness, ${curve}\n\nShare of Shadows, p95 of the wait and of the relative difference. Newcomers are 15 % of all arrivals; the weakest and strongest are 5 % each of the others.\n\n${table}\n`;
}

function fairnessRow(run: Run): string[] {
  const cells = standings.flatMap((standing) => {
    const metrics = metricsOf(run.outcomes.filter(({ arrival }) => arrival.standing === standing));
    return [
      percent(metrics.shadowShare),
      seconds(metrics.waitedMs.at(0.95)),
      percent(metrics.relativeDifference.at(0.95)),
    ];
  });
  return [run.distribution, run.rate, ...cells];
}

interface RatedCurve extends Overall {
  readonly curve: string;
  readonly strongestMore: number;
  readonly newcomersMore: number;
}

/** Every curve over all scenarios, and the best curve for each limit. */
export function curvesReport(runs: readonly Run[]): string {
  const rated = [...new Set(runs.map(({ curve }) => curve))].map((curve) =>
    rate(
      curve,
      runs.filter((run) => run.curve === curve),
    ),
  );
  const head = ['Curve', 'Shadow', 'wait p50', 'p95', 'relative p50', 'p95', 'good', 'hopeless'];
  const table = markdownTable(
    [...head, 'strongest', 'newcomers', 'beaten by', 'window'],
    rated.map((one) => curveRow(one, rated)),
  );
  return `## Curves compared\n\nMeans over all scenarios, each with the same weight (differences over those with at least a hundred human opponents, – for none). Good: searches that met a human at most 20 % apart; hopeless: more than 30 % apart. Strongest, newcomers: how much more often they meet the Shadow than the middle does, in points. Beaten by: the curves that are at least as good in Shadows, p95 of the wait and p95 of the difference, and better in one of them.\n\n${table}\n\n${byRateReport(runs)}\n${bestReport(rated)}`;
}

/** By rate, since the curve hardly matters when very few or very many players come. */
function byRateReport(runs: readonly Run[]): string {
  const rates = [...new Set(runs.map(({ rate }) => rate))];
  const rows = [...new Set(runs.map(({ curve }) => curve))].map((curve) => [
    curve,
    ...rates.map((rate) => {
      const ofRate = runs.filter((run) => run.curve === curve && run.rate === rate);
      const all = overallOf(ofRate.map(({ outcomes }) => metricsOf(outcomes)));
      const relative = shareText(all.relativeP95, 0);
      return `${percent(all.shadowShare, 0)}, ${seconds(all.waitP95Ms)}, ${relative}`;
    }),
  ]);
  const table = markdownTable(['Shadow, wait p95, relative p95', ...rates], rows);
  return `By rate, means over the distributions:\n\n${table}\n`;
}

function rate(curve: string, runs: readonly Run[]): RatedCurve {
  const of = (standing: (typeof standings)[number] | null) =>
    overallOf(
      runs.map(({ outcomes }) =>
        metricsOf(
          outcomes.filter(({ arrival }) => (standing ?? arrival.standing) === arrival.standing),
        ),
      ),
    );
  const middle = of('middle').shadowShare;
  return {
    ...of(null),
    curve,
    strongestMore: of('strongest').shadowShare - middle,
    newcomersMore: of('newcomer').shadowShare - middle,
  };
}

function curveRow(one: RatedCurve, all: readonly RatedCurve[]): string[] {
  const beaters = all.filter((other) => beats(other, one)).map(({ curve }) => curve);
  return [
    one.curve,
    percent(one.shadowShare),
    seconds(one.waitP50Ms),
    seconds(one.waitP95Ms),
    shareText(one.relativeP50),
    shareText(one.relativeP95),
    percent(one.goodShare),
    percent(one.hopelessShare),
    points(one.strongestMore),
    points(one.newcomersMore),
    beaters.join(', ') || '–',
    curveText(curves[one.curve] ?? []),
  ];
}

function beats(one: RatedCurve, other: RatedCurve): boolean {
  const gains = [
    other.shadowShare - one.shadowShare,
    other.waitP95Ms - one.waitP95Ms,
    (other.relativeP95 ?? 0) - (one.relativeP95 ?? 0),
  ];
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}

function bestReport(rated: readonly RatedCurve[]): string {
  const rows = LIMITS.map((limit) => {
    const best = bestOf(rated.filter(({ relativeP95 }) => (relativeP95 ?? 0) <= limit));
    if (best === null) return [percent(limit), '–'];
    const { curve, shadowShare, waitP95Ms, relativeP95 } = best;
    return [
      percent(limit),
      curve,
      percent(shadowShare),
      seconds(waitP95Ms),
      shareText(relativeP95),
    ];
  });
  const head = ['relative p95 at most', 'best curve', 'Shadow', 'wait p95', 'relative p95'];
  return `The fewest Shadows, then (within half a point) the shortest p95 of the wait, while the p95 of the difference stays within a limit:\n\n${markdownTable(head, rows)}\n\n${verdict(rated)}\n`;
}

/** For the limit at which the weaker player still wins about one duel in five. */
function verdict(rated: readonly RatedCurve[]): string {
  const best = bestOf(rated.filter(({ relativeP95 }) => (relativeP95 ?? 0) <= GOOD_DIFFERENCE));
  const limit = percent(GOOD_DIFFERENCE, 0);
  if (best === null) return `**No curve keeps the p95 of the difference within ${limit}.**`;
  return `**Best within ${limit} (the weaker player still wins about one duel in five): ${best.curve}.**`;
}

function bestOf(rated: readonly RatedCurve[]): RatedCurve | null {
  const fewest = Math.min(...rated.map(({ shadowShare }) => shadowShare));
  const [best] = rated
    .filter(({ shadowShare }) => shadowShare <= fewest + SAME_SHARE)
    .toSorted((one, other) => one.waitP95Ms - other.waitP95Ms);
  return best ?? null;
}

function titleOf(curve: string): string {
  return `The curve "${curve}": ${curveText(curves[curve] ?? [])}`;
}

function waitCells({ waitedMs }: SearchMetrics): string[] {
  return [seconds(waitedMs.at(0.5)), seconds(waitedMs.at(0.95))];
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}

function shareText(share: number | null, digits = 1): string {
  return share === null ? '–' : percent(share, digits);
}
