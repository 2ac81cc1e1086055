import {
  type BattleAccount,
  type SideAccount,
  accountOf,
  bestGuard,
  worstZone,
} from '../combat/battle-account.ts';
import { type FighterSheet, type Side, zones } from '../combat/battle.ts';
import { ratingText } from '../combat/battle-rating.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { otherSide } from '../combat/battle-session.ts';
import type { Standing } from '../combat/standings.ts';
import type { CombatAction } from '../combat/combat-action.ts';
import { latestEmote } from '../combat/emotes.ts';
import { dotOf, joined, nameOf, readerOf } from '../combat/fighter-lines.ts';
import type { HistoryAction } from '../combat/history-action.ts';
import type { WorldAction } from '../combat/world-action.ts';
import { blowLines, endLines, lastFought } from '../combat/narration.ts';
import { ladderLines } from '../combat/ladder-lines.ts';
import { emoteRows } from '../combat/battle-keyboard.ts';
import { levelOfShadow } from '../combat/shadow.ts';
import { isWild, kindOfSide } from '../combat/side-kind.ts';
import { isStoryBattle } from '../combat/wild-battles.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { ArenaAction } from './arena-action.ts';

type ResultAction = ArenaAction | CombatAction | HistoryAction | WorldAction;

/** A shorter row of equal results is no streak. */
const LEAST_STREAK = 2;

/** Of an ended battle. `standing`: of the reader's character; null: it is not shown. */
export function resultScreen(
  record: BattleRecord,
  side: Side,
  standing: Standing | null = null,
): UiPayload<ResultAction> {
  const account = accountOf(record);
  const reader = readerOf(record.sides, side);
  return {
    screen: 'result',
    mode: record.mode,
    title: text(titleKey(record, side)),
    body: [
      againstLine(record, side),
      ...emoteLines(record, side),
      ...endLines(record.lastEvents, reader),
      null,
      ...blowLines(lastFought(record.inputs, record.lastEvents), reader),
      healthLine(record, side),
      null,
      ...whyLines(account, side),
      null,
      ...recordLines(record, standing),
      ...ratingLines(standing),
      ...ladderLines(standing?.ladder ?? null),
      ...achievementLines(standing),
      ...(isWild(record) ? wildLines(record, side, standing) : rewardLines(standing)),
      ...nextLines(record, side, account),
    ],
    buttons: [...emoteRows(record, side), ...buttonsFor(record, side)],
  };
}

function buttonsFor(record: BattleRecord, side: Side): Button<ResultAction>[][] {
  // The latest battle is the first one of the history.
  const latest = { battleId: record.id, step: 1, place: 1 };
  const past: Button<ResultAction>[] = [
    { label: text('history.button'), action: 'history' },
    { label: text('battle.result.replay'), action: 'history.replay', value: latest },
  ];
  if (isWild(record)) return [onRow(), past];
  const home: Button<ResultAction> = { label: text('battle.result.home'), action: 'arena.menu' };
  return [...againRows(record, otherSide(side)), [...past, home]];
}

/** To where the character is by now. */
function onRow(): Button<ResultAction>[] {
  return [{ label: text('battle.result.on'), action: 'world', style: 'primary' }];
}

/**
 * Another duel; after a fight against the Shadow another one comes first. Below the highest level it
 * leads to the levels, because the fight may have reached a new one.
 */
function againRows({ mode, sides, sheets }: BattleRecord, other: Side): Button<ArenaAction>[][] {
  if (kindOfSide(sides[other]) === 'character')
    return [[{ label: text('battle.result.again'), action: 'arena.join', mode, style: 'primary' }]];
  const value = levelOfShadow(sheets[other]);
  const label = text('battle.result.train_again');
  const again =
    value === 'master'
      ? ({ action: 'arena.train', value } as const)
      : ({ action: 'arena.training' } as const);
  return [
    [{ label, mode, style: 'primary', ...again }],
    [{ label: text('arena.button.search'), action: 'arena.join', mode }],
  ];
}

function titleKey({ battle }: BattleRecord, side: Side): TextKey {
  const winner = battle.outcome?.winner ?? null;
  if (winner === null) return 'battle.result.draw';
  if (winner === side) return 'battle.result.won';
  return battle.outcome?.reason === 'idle' ? 'battle.result.idle' : 'battle.result.lost';
}

function againstLine({ sides, inputs }: BattleRecord, side: Side): Text {
  const opponent = sides[otherSide(side)];
  const count = inputs.filter((input) => input.kind === 'exchange').length;
  const rounds = text('battle.result.rounds', { count });
  const facts = { name: nameOf(opponent), rounds };
  switch (kindOfSide(opponent)) {
    case 'shadow':
      return text('battle.result.against.shadow', { rounds });
    case 'monster':
      return text('battle.result.against.monster', facts);
    case 'character':
      return text('battle.result.against', { ...facts, gs: opponent.gs });
  }
}

/** What the sides said last, the opponent first. */
function emoteLines(record: BattleRecord, side: Side): Text[] {
  return [otherSide(side), side].flatMap((of) => {
    const emote = latestEmote(record, of);
    if (emote === null) return [];
    const said = { dot: dotOf(of, { side }), emote: text(`battle.emote.${emote}`) };
    return [text('battle.emote.said', said)];
  });
}

/** What health is left. */
function healthLine({ battle }: BattleRecord, side: Side): Text {
  const left = (of: Side) => {
    const { cur: hp, max } = battle.fighters[of].stats.hp;
    return text('battle.result.health.side', { dot: dotOf(of, { side }), hp, max });
  };
  return text('battle.result.health', { own: left(side), other: left(otherSide(side)) });
}

function whyLines({ sides, decisive }: BattleAccount, side: Side): Text[] {
  const other = otherSide(side);
  if (sides[0].blows + sides[1].blows === 0) return [];
  return [
    text('battle.result.open', {
      own: openHits(sides[side], side, side),
      other: openHits(sides[other], other, side),
    }),
    text('battle.result.blocked', { own: sides[side].stopped, other: sides[other].stopped }),
    ...lossLine(sides[side], side, side),
    ...lossLine(sides[other], other, side),
    ...(decisive === null ? [] : [decidedLine(decisive, side)]),
  ];
}

function openHits({ openHits: hits, blows }: SideAccount, of: Side, side: Side): Text {
  return text('battle.result.open.side', { dot: dotOf(of, { side }), hits, blows });
}

/** Health that a side lost, by zone. */
function lossLine({ lostAt, lostToCounters }: SideAccount, of: Side, side: Side): Text[] {
  const hit = zones.filter((zone) => lostAt[zone] > 0);
  const atZones = hit.map((zone) =>
    text('battle.result.damage.zone', { zone: text(`combat.at.${zone}`), amount: lostAt[zone] }),
  );
  const counters =
    lostToCounters > 0 ? [text('battle.result.damage.counter', { amount: lostToCounters })] : [];
  const sources = joined('combat.list', [...atZones, ...counters]);
  const amount = hit.reduce((sum, zone) => sum + lostAt[zone], lostToCounters);
  if (sources === null) return [];
  return [text('battle.result.damage', { dot: dotOf(of, { side }), amount, sources })];
}

function decidedLine({ turn, lost }: NonNullable<BattleAccount['decisive']>, side: Side): Text {
  const [own, other] = [lost[side], lost[otherSide(side)]];
  return text('battle.result.decided', { turn, own, other });
}

/** Only duels count; battles against the own Shadow raise its level. */
function recordLines(fought: BattleRecord, standing: Standing | null): Text[] {
  if (isWild(fought)) return [];
  const { sides, sheets } = fought;
  const shadow = sides.findIndex((one) => kindOfSide(one) === 'shadow');
  if (shadow >= 0) return [text(trainingKey(sheets[shadow === 0 ? 0 : 1]))];
  if (standing === null) return [];
  const { won, lost, drawn, streak } = standing.record;
  if (won + lost + drawn === 0) return [];
  const record =
    drawn === 0
      ? text('battle.result.record', { won, lost })
      : text('battle.result.record.drawn', { won, lost, drawn });
  const count = Math.abs(streak);
  if (count < LEAST_STREAK) return [record];
  const inARow = text(`battle.result.streak.${streak > 0 ? 'won' : 'lost'}`, { count });
  return [text('battle.result.record.streak', { record, streak: inARow })];
}

function ratingLines(standing: Standing | null): Text[] {
  const rating = standing?.rating ?? null;
  if (rating === null) return [];
  if (rating.kind === 'unrated') return [text(`battle.result.unrated.${rating.reason}`)];
  const { before, after } = rating;
  const points = after.shown - before.shown;
  const change = text(`battle.rating.${points < 0 ? 'lost' : 'won'}`, { points: Math.abs(points) });
  return [
    text('battle.result.rating', { before: ratingText(before), after: ratingText(after), change }),
  ];
}

function achievementLines(standing: Standing | null): Text[] {
  const names = (standing?.achievements ?? []).map((key) => text(`achievement.${key}.name`));
  const all = joined('combat.list', names);
  return all === null ? [] : [text('battle.result.achievements', { count: names.length, all })];
}

/** Only a win gives something; a defeat takes health. What follows in a story, the story says. */
function wildLines({ id, battle }: BattleRecord, side: Side, standing: Standing | null): Text[] {
  const winner = battle.outcome?.winner ?? null;
  if (winner === null || isStoryBattle(id)) return [];
  return winner === side ? rewardLines(standing) : [text('battle.result.beaten')];
}

function rewardLines(standing: Standing | null): Text[] {
  const reward = standing?.reward ?? null;
  if (reward === null) return [text('battle.result.follows')];
  const { xp, gold, newLevel, unpaid, found = [] } = reward;
  if (unpaid !== null) return [text(`battle.result.unpaid.${unpaid}`)];
  const level = newLevel === null ? [] : [text('battle.result.level', { level: newLevel })];
  return [text('battle.result.reward', { xp, gold }), ...found, ...level];
}

function trainingKey(shadow: FighterSheet): TextKey {
  return levelOfShadow(shadow) === 'master'
    ? 'battle.result.training'
    : 'battle.result.training.learns';
}

/** What to try in the next duel. */
function nextLines({ battle }: BattleRecord, side: Side, { sides }: BattleAccount): Text[] {
  const { winner = null, reason } = battle.outcome ?? {};
  if (reason === 'idle' && winner !== side) return [text('battle.result.next.clock')];
  const [zone, guard] = [worstZone(sides[side]), bestGuard(sides[side])];
  if (zone === null || guard === null) return [];
  const facts = { into: text(`combat.into.${zone}`), guard: text(`combat.guarding.${guard}`) };
  return [text('battle.result.next.guard', facts)];
}
