import { describe, expect, test } from 'vitest';
import type { Move, Side } from '../../../domains/combat/battle.ts';
import type { ArchivedBattle } from '../../../domains/combat/battle-archive.ts';
import { replay } from '../../../domains/combat/replay.ts';
import { randomPolicy } from '../../../domains/combat/rules/v1/policy/random-policy.ts';
import {
  type ProfileFacts,
  achievementKeys,
  battleProfileHandler,
} from '../../../domains/profile/battle-profile.ts';
import type { CharacterCounts } from '../../../domains/profile/character-counts.ts';
import type { AchievementKey } from '../../../resources/numbers/achievements.ts';
import { archivedBattle, battleWon } from '../../support/archived-battles.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';
import { playDuel } from '../../support/play-duel.ts';

interface Case {
  readonly ended: ArchivedBattle;
  readonly charId: number;
  readonly counts?: CharacterCounts;
  readonly streak?: number;
}

/** What the battle grants of all that the character may still get. */
function grantedBy(
  { ended, charId, counts = {}, streak = 0 }: Case,
  open: readonly AchievementKey[],
) {
  const granted = achievementKeys.filter((key) => !open.includes(key));
  const before: ProfileFacts = { charId, counts, streak, granted };
  return battleProfileHandler.apply(ended, [before]).flatMap((change) => change.granted);
}

/** Character 1 beats character 2, a warrior. */
const won = (counts: CharacterCounts = {}, streak = 0): Case => ({
  ended: battleWon(1),
  charId: 1,
  counts,
  streak,
});
const lost = (counts: CharacterCounts = {}): Case => ({ ended: battleWon(1), charId: 2, counts });

/** How the winner of a battle fought, counted here and not by the rules of achievements. */
interface Seen {
  readonly rounds: number;
  readonly least: number;
  readonly taken: number;
  readonly parries: number;
  readonly crits: number;
}

function seenBy(ended: ArchivedBattle, side: Side): Seen {
  const { steps } = replay(ended);
  const events = steps.flatMap((step) => step.events);
  const blows = events.filter((event) => event.kind === 'blow');
  const hits = events.filter((event) => event.kind === 'blow' || event.kind === 'counter');
  const taken = hits.filter((event) => event.side !== side).map(({ amount }) => amount);
  return {
    rounds: steps.length,
    least: Math.min(...steps.map(({ battle }) => battle.fighters[side].stats.hp.cur)),
    taken: taken.reduce((sum, amount) => sum + amount, 0),
    parries: blows.filter((blow) => blow.side !== side && blow.result === 'parry').length,
    crits: blows.filter((blow) => blow.side === side && blow.crit).length,
  };
}

const known: { readonly ended: ArchivedBattle; readonly side: Side; readonly seen: Seen }[] = [];
let played = 0;

/** The first battle of two players that ended in a knock-out of this kind, from the winner's side. */
function knockout(isWanted: (seen: Seen) => boolean): Case {
  for (let at = 0; at < 2_000; at += 1) {
    while (known.length <= at) playNext();
    const one = known[at];
    if (one !== undefined && isWanted(one.seen)) return caseOf(one.ended, one.side);
  }
  throw new Error('no such battle');
}

function playNext(): void {
  played += 1;
  const ended = archivedBattle(played);
  const { winner, reason } = ended.outcome;
  if (winner === null || reason !== 'knockout' || ended.sides[1].charId === null) return;
  known.push({ ended, side: winner, seen: seenBy(ended, winner) });
}

function caseOf(ended: ArchivedBattle, side: Side): Case {
  return { ended, charId: ended.sides[side].charId ?? 0 };
}

/** A strong first character, who changes each move of a random policy, knocks out a weak second. */
function knockoutBy(change: (move: Move, round: number) => Move, least = 1): Case {
  const strong = freshSheet('warrior', { strength: 9, endurance: 9, agility: 9 });
  const sheets = [strong, freshSheet('mystic')] as const;
  for (let n = 1; n < 500; n += 1) {
    const seed = testSeed(n);
    const duel = playDuel({
      seed,
      sheets,
      policies: [(at) => change(randomPolicy(at), at.history.length + 1), randomPolicy],
    });
    const { outcome, turn } = duel.battle;
    if (outcome?.winner !== 0 || outcome.reason !== 'knockout' || turn < least) continue;
    const inputs = [...duel.inputs];
    return caseOf({ ...battleWon(1), seed, sheets: [...sheets], inputs, outcome, turns: turn }, 0);
  }
  throw new Error('no such battle');
}

const withGs = ({ ended, ...rest }: Case, own: number, other: number): Case => {
  const sides: ArchivedBattle['sides'] = [...ended.sides];
  const side = sides[0].charId === rest.charId ? 0 : 1;
  sides[side] = { ...sides[side], gs: own };
  sides[1 - side] = { ...sides[side === 0 ? 1 : 0], gs: other };
  return { ...rest, ended: { ...ended, sides } };
};

const plain = (move: Move): Move => ({ ...move, technique: null });
const atHead = (move: Move): Move => ({ ...plain(move), strike: 'head' });
const any = () => knockout(() => true);

type Two = { readonly grants: () => Case; readonly almost: () => Case };
const cases: Readonly<Record<AchievementKey, Two>> = {
  first_win: { grants: () => won(), almost: () => lost() },
  wins_10: {
    grants: () => won({ 'won.warrior': 5, 'won.mystic': 4 }),
    almost: () => won({ 'won.warrior': 4, 'won.mystic': 4, 'lost.mystic': 9 }),
  },
  wins_50: {
    grants: () => won({ 'won.guardian': 49 }),
    almost: () => won({ 'won.guardian': 48, 'drawn.guardian': 9 }),
  },
  duels_10: {
    grants: () => lost({ 'won.mystic': 3, 'lost.mystic': 3, 'drawn.duelist': 3 }),
    almost: () => lost({ 'won.mystic': 3, 'lost.mystic': 3, 'drawn.duelist': 2 }),
  },
  duels_100: {
    grants: () => lost({ 'lost.warrior': 99 }),
    almost: () => lost({ 'lost.warrior': 98 }),
  },
  streak_3: { grants: () => won({}, 2), almost: () => won({}, 1) },
  streak_5: { grants: () => won({}, 4), almost: () => won({}, 3) },
  streak_10: { grants: () => won({}, 9), almost: () => ({ ...lost(), streak: 9 }) },
  each_archetype: {
    grants: () => won({ 'won.duelist': 1, 'won.guardian': 1, 'won.mystic': 1 }),
    almost: () => won({ 'won.duelist': 1, 'won.guardian': 1, 'lost.mystic': 1 }),
  },
  each_archetype_10: {
    grants: () =>
      won({ 'won.warrior': 9, 'won.duelist': 10, 'won.guardian': 10, 'won.mystic': 10 }),
    almost: () => won({ 'won.warrior': 9, 'won.duelist': 10, 'won.guardian': 9, 'won.mystic': 10 }),
  },
  stronger: { grants: () => withGs(any(), 100, 110), almost: () => withGs(any(), 100, 109) },
  much_stronger: { grants: () => withGs(any(), 200, 250), almost: () => withGs(any(), 200, 249) },
  comeback: {
    grants: () => knockout(({ least }) => least === 9),
    almost: () => knockout(({ least }) => least === 10),
  },
  flawless: {
    grants: () => knockout(({ taken }) => taken <= 10),
    almost: () => knockout(({ taken }) => taken > 10 && taken < 16),
  },
  quick_knockout: {
    grants: () => knockout(({ rounds }) => rounds === 6),
    almost: () => knockout(({ rounds }) => rounds === 7),
  },
  long_duel: {
    grants: () => knockout(({ rounds }) => rounds === 15),
    almost: () => knockout(({ rounds }) => rounds === 14),
  },
  plain_steel: {
    grants: () => knockoutBy(plain),
    almost: () => knockoutBy((move, round) => (round === 1 ? breathing(move) : plain(move))),
  },
  parries: {
    grants: () => knockout(({ parries }) => parries === 3),
    almost: () => knockout(({ parries }) => parries === 2),
  },
  crits: {
    grants: () => knockout(({ crits }) => crits === 4),
    almost: () => knockout(({ crits }) => crits === 3),
  },
  one_zone: {
    grants: () => knockoutBy(atHead, 5),
    almost: () =>
      knockoutBy((move, round) => ({ ...atHead(move), strike: round === 5 ? 'legs' : 'head' }), 5),
  },
};

function breathing(move: Move): Move {
  return { ...move, technique: 'breath' };
}

test('there are twenty', () => {
  expect(achievementKeys).toHaveLength(20);
});

describe.each(achievementKeys)('%s', (key) => {
  test('is granted by a duel that fulfils it', () => {
    expect(grantedBy(cases[key].grants(), [key])).toEqual([key]);
  });

  test('is not granted by one that almost does, nor a second time, nor against an own character', () => {
    expect(grantedBy(cases[key].almost(), [key])).toEqual([]);
    const { ended, ...rest } = cases[key].grants();
    expect(grantedBy({ ended, ...rest }, [])).toEqual([]);
    const [one, other] = ended.sides;
    const sides: ArchivedBattle['sides'] = [one, { ...other, userId: one.userId }];
    expect(grantedBy({ ...rest, ended: { ...ended, sides } }, [key])).toEqual([]);
  });
});

test('a duel that cannot be replayed grants what counts results, and no feat', () => {
  const broken = { ...battleWon(1), rules: 999 };
  const granted = grantedBy({ ended: broken, charId: 1, streak: 2 }, achievementKeys);
  expect(granted).toEqual(['first_win', 'streak_3']);
});

test('a fight against the Shadow counts nothing', () => {
  const { sides, ...rest } = battleWon(1);
  const shadow = { ...sides[1], charId: null, userId: null };
  const before = { charId: 1, counts: {}, streak: 9, granted: [] };
  expect(battleProfileHandler.apply({ ...rest, sides: [sides[0], shadow] }, [before])).toEqual([]);
});

test('a duel counts its result against the archetype of the opponent, and each strike', () => {
  const ended = battleWon(1);
  const [first, second] = [1, 2].map((charId) => ({ charId, counts: {}, streak: 0, granted: [] }));
  if (first === undefined || second === undefined) throw new Error('two');
  const [one, other] = battleProfileHandler.apply(ended, [second, first]);
  const [own, theirs] = ended.sheets.map(({ archetype }) => archetype);
  expect(other?.counts[`won.${theirs ?? 'mystic'}`]).toBe(1);
  expect(one?.counts[`lost.${own ?? 'mystic'}`]).toBe(1);
  const strikes = ended.inputs.flatMap((input) =>
    input.kind === 'exchange' ? [input.moves[0].strike] : [],
  );
  for (const zone of ['head', 'chest', 'belly', 'legs'] as const) {
    const count = strikes.filter((strike) => strike === zone).length;
    expect(other?.counts[`strike.${zone}`] ?? 0).toBe(count);
  }
});
