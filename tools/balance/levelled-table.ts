import { archetypes } from '../../domains/account/account-context.ts';
import { Sample } from '../bench/sample.ts';
import {
  type LevelledPair,
  freshAgainstVeteran,
  levelledBand,
  measurePair,
  offOf,
  veteranBand,
} from './levelled.ts';

const PAIRS = 40;

/** Levelled pairs of the same archetype, of any archetypes, and fresh characters against veterans. */
export function* levelledTable(duels: number): Generator<string> {
  yield* pairLines('Pairs of one archetype', false, duels);
  yield* pairLines('Pairs of any archetypes, compared with the same two fresh', true, duels);
  yield `A fresh character against one with 39 points more, levelled (${veteranBand.least}–${veteranBand.most} %)`;
  for (const archetype of archetypes) {
    yield `  ${archetype}: ${freshAgainstVeteran(archetype, duels).toFixed(1)} %`;
  }
}

function* pairLines(title: string, mixed: boolean, duels: number): Generator<string> {
  yield title;
  const [before, after] = [new Sample(), new Sample()];
  for (let n = 0; n < PAIRS; n += 1) {
    const pair = measurePair(n, mixed, duels);
    before.add(Math.abs(pair.asTheyAre - pair.fresh));
    after.add(Math.abs(offOf(pair)));
    yield `  ${lineOf(pair)}`;
  }
  const most = (levelledBand.most - levelledBand.least) / 2;
  yield `  off as they are: ${spread(before)}; levelled: ${spread(after)} (at most ${most}, median ${levelledBand.medianOff})`;
}

function lineOf(pair: LevelledPair): string {
  const { archetypes: names, pointsRemoved, asTheyAre, levelled, fresh } = pair;
  const wins = [asTheyAre, levelled, fresh].map((rate) => `${rate.toFixed(1)} %`);
  const [plain = '', equal = '', even = ''] = wins;
  return `${names.join(' – ')}, ${pointsRemoved.join(' and ')} points removed: ${plain}, levelled ${equal}, fresh ${even}`;
}

function spread(sample: Sample): string {
  const [median, p90, most] = [0.5, 0.9, 1].map((share) => sample.at(share).toFixed(1));
  return `median ${median}, p90 ${p90}, most ${most}`;
}
