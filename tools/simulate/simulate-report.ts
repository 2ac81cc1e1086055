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

/** At most so unlike may the p95 of human couples be: the best curve for each. */
const LIMITS = [0.15, 0.175, 0.2, 0.225, 0.25, 0.3];
/** Shadow shares nearer to each other than this are the same: then the wait decides. */
const SAME_SHARE = 0.005;

export function oddsReport(odds: readonly Odds[]): string {
  const table = markdownTable(
    ['Lead in GearScore', ...odds.map(({ lead }) => percent(lead, 0))],
    [['the stronger wins', ...odds.map(({ winRate }) => percent(winRate, 0))]],
  );
  return `## What a difference is worth\n\nEach archetype against itself, two Shadows' minds, the lead as a share of the weaker one's.\n\n${table}\n`;
}

export function scenariosReport(runs: readonly Run[], curve: string): string {
  const rows = runs
    .filter((run) => run.curve === curve)
    .map((run) => [run.distribution, run.rate, ...scenarioCells(metricsOf(run.fates), run)]);
  const head = ['GearScores', 'arrivals', 'searches', 'waiting', 'Shadow', 'wait p50', 'p95'];
  const apart = ['gs apart p50', 'p95', 'of the weaker p50', 'p95', 'again'];
  return `## ${titleOf(curve)}\n\n${markdownTable([...head, ...apart], rows)}\n`;
}

function scenarioCells(figures: SearchMetrics, { stillWaiting }: Run): string[] {
  return [
    String(figures.searches + stillWaiting),
    String(stillWaiting),
    percent(figures.shadowShare),
    ...waitCells(figures),
    figures.difference.at(0.5).toFixed(0),
    figures.difference.at(0.95).toFixed(0),
    percent(figures.unlikeness.at(0.5)),
    percent(figures.unlikeness.at(0.95)),
    percent(figures.rematchShare),
  ];
}

/** Newcomers and extremes beside the middle: their wait, their Shadows, their opponents. */
export function fairnessReport(runs: readonly Run[], curve: string): string {
  const rows = runs.filter((run) => run.curve === curve).map(fairnessRow);
  const columns = standings.flatMap((standing) => [standing, 'wait p95', 'apart p95']);
  const table = markdownTable(['GearScores', 'arrivals', ...columns], rows);
  return `## Fairness, ${curve}\n\nShare of Shadows, p95 of the wait and of the difference (of the weaker one's GearScore). Newcomers are 15 % of all who come; the weakest and strongest are 5 % each of the others.\n\n${table}\n`;
}

function fairnessRow(run: Run): string[] {
  const cells = standings.flatMap((standing) => {
    const figures = metricsOf(run.fates.filter(({ arrival }) => arrival.standing === standing));
    return [
      percent(figures.shadowShare),
      seconds(figures.waitedMs.at(0.95)),
      percent(figures.unlikeness.at(0.95)),
    ];
  });
  return [run.distribution, run.rate, ...cells];
}

interface Judged extends Overall {
  readonly curve: string;
  /** How much oftener the strongest meet the Shadow than the middle does. */
  readonly strongestMore: number;
  readonly newcomersMore: number;
}

/** Every curve over all scenarios, and which is best for what one is ready to accept. */
export function curvesReport(runs: readonly Run[]): string {
  const judged = [...new Set(runs.map(({ curve }) => curve))].map((curve) =>
    judge(
      curve,
      runs.filter((run) => run.curve === curve),
    ),
  );
  const head = ['Curve', 'Shadow', 'wait p50', 'p95', 'apart p50', 'p95', 'good', 'hopeless'];
  const table = markdownTable(
    [...head, 'strongest', 'newcomers', 'beaten by', 'window'],
    judged.map((one) => curveRow(one, judged)),
  );
  return `## Curves compared\n\nMeans over all scenarios, which weigh alike (differences over those where a hundred met humans at least, – for none). Good: a human at most 20 % apart, of all searches; hopeless: a human more than 30 % apart. Strongest, newcomers: how much oftener they meet the Shadow than the middle does, in points. Beaten by: the curves that are better in Shadows, p95 of the wait and p95 of the difference, or as good.\n\n${table}\n\n${byRateReport(runs)}\n${bestReport(judged)}`;
}

/** The same by rate, since a curve matters neither to a handful nor to a throng. */
function byRateReport(runs: readonly Run[]): string {
  const rates = [...new Set(runs.map(({ rate }) => rate))];
  const rows = [...new Set(runs.map(({ curve }) => curve))].map((curve) => [
    curve,
    ...rates.map((rate) => {
      const those = runs.filter((run) => run.curve === curve && run.rate === rate);
      const all = overallOf(those.map(({ fates }) => metricsOf(fates)));
      const apart = apartText(all.unlikenessP95, 0);
      return `${percent(all.shadowShare, 0)}, ${seconds(all.waitP95Ms)}, ${apart}`;
    }),
  ]);
  const table = markdownTable(['Shadow, wait p95, apart p95', ...rates], rows);
  return `By rate, means over the distributions:\n\n${table}\n`;
}

function judge(curve: string, runs: readonly Run[]): Judged {
  const of = (standing: (typeof standings)[number] | null) =>
    overallOf(
      runs.map(({ fates }) =>
        metricsOf(
          fates.filter(({ arrival }) => (standing ?? arrival.standing) === arrival.standing),
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

function curveRow(one: Judged, all: readonly Judged[]): string[] {
  const beaters = all.filter((other) => beats(other, one)).map(({ curve }) => curve);
  return [
    one.curve,
    percent(one.shadowShare),
    seconds(one.waitP50Ms),
    seconds(one.waitP95Ms),
    apartText(one.unlikenessP50),
    apartText(one.unlikenessP95),
    percent(one.goodShare),
    percent(one.hopelessShare),
    points(one.strongestMore),
    points(one.newcomersMore),
    beaters.join(', ') || '–',
    curveText(curves[one.curve] ?? []),
  ];
}

function beats(one: Judged, other: Judged): boolean {
  const gains = [
    other.shadowShare - one.shadowShare,
    other.waitP95Ms - one.waitP95Ms,
    (other.unlikenessP95 ?? 0) - (one.unlikenessP95 ?? 0),
  ];
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}

function bestReport(judged: readonly Judged[]): string {
  const rows = LIMITS.map((limit) => {
    const best = bestOf(judged.filter(({ unlikenessP95 }) => (unlikenessP95 ?? 0) <= limit));
    if (best === null) return [percent(limit), '–'];
    const { curve, shadowShare, waitP95Ms, unlikenessP95 } = best;
    return [
      percent(limit),
      curve,
      percent(shadowShare),
      seconds(waitP95Ms),
      apartText(unlikenessP95),
    ];
  });
  const head = ['p95 apart at most', 'best curve', 'Shadow', 'wait p95', 'apart p95'];
  return `The fewest Shadows, then (within half a point) the shortest p95 of the wait, while the p95 of the difference stays within a limit:\n\n${markdownTable(head, rows)}\n\n${verdict(judged)}\n`;
}

/** The limit that the odds suggest: who is a fifth stronger loses about one duel in five. */
function verdict(judged: readonly Judged[]): string {
  const best = bestOf(
    judged.filter(({ unlikenessP95 }) => (unlikenessP95 ?? 0) <= GOOD_DIFFERENCE),
  );
  const limit = percent(GOOD_DIFFERENCE, 0);
  if (best === null) return `**No curve keeps the p95 of the difference within ${limit}.**`;
  return `**Best within ${limit} (the weaker one still wins about one duel in five): ${best.curve}.**`;
}

function bestOf(judged: readonly Judged[]): Judged | null {
  const fewest = Math.min(...judged.map(({ shadowShare }) => shadowShare));
  const [best] = judged
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

function apartText(share: number | null, digits = 1): string {
  return share === null ? '–' : percent(share, digits);
}
