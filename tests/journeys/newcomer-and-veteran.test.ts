import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { slots } from '../../domains/inventory/item.ts';
import { FixedClock } from '../support/clock.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  withAction,
} from '../support/duel-steps.ts';
import { giveEarnings } from '../support/give-earnings.ts';
import { itemOf } from '../support/items.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    newcomer: /GearScore[^\n]* 90–134 \(±20%\)/u,
    veteran: /GearScore[^\n]* 115–171 \(±20%\)/u,
    strong: /🔴 GearScore 143 · 0–0 ⚖️🟢−4🔴−22\n/u,
    fresh: /🔴 GearScore 112 · 0–0 ⚖️🟢−22🔴−4\n/u,
    other: /^👤 Bob[^]*⚖️ Even fight, attribute points: 🟢 −4, 🔴 −22\n/u,
    own: /^👤 Annabel[^]*⚖️ Even fight, attribute points: 🟢 −22, 🔴 −4\n/u,
    ended: [/Against Bob [^\n]*\b143 [^\n]*rounds/u, /Against Annabel [^\n]*\b112 [^\n]*rounds/u],
  },
  ru: {
    names: ['Анна', 'Богдан'],
    newcomer: /мощью 90–134 \(±20\s%\)/u,
    veteran: /мощью 115–171 \(±20\s%\)/u,
    strong: /🔴 мощь 143 · 0–0 ⚖️🟢−4🔴−22\n/u,
    fresh: /🔴 мощь 112 · 0–0 ⚖️🟢−22🔴−4\n/u,
    other: /^👤 Богдан[^]*⚖️ Равный бой, характеристики: 🟢 −4, 🔴 −22\n/u,
    own: /^👤 Анна[^]*⚖️ Равный бой, характеристики: 🟢 −22, 🔴 −4\n/u,
    ended: [
      /Соперник — Богдан [^\n]*\b143 [^\n]*раунд/u,
      /Соперник — Анна [^\n]*\b112 [^\n]*раунд/u,
    ],
  },
} as const;

/** 18 points, three in each slot. */
const gear = slots.map((slot, index) => itemOf(`${index + 1} might_${slot} rare ox`));

/** In the bag, which is left for the main menu. */
async function wearTheBest(who: TestPlayer): Promise<void> {
  const keys = ['bag|', 'bag.best', 'bag.best_confirmed', 'bag.close'];
  for (const key of keys) await who.tap(withAction(key));
}

/** Looks for an opponent now, without waiting for a wave. */
async function check(who: TestPlayer): Promise<void> {
  await who.client.tap('arena.check|1v1', { force: true }).answered();
}

/** The match card and the opponent's card of who has just been matched. */
async function cardsOf(who: TestPlayer): Promise<{ match: string; opponent: string }> {
  const match = await screenWith(who, 'battle.strike');
  await who.tap(withAction('battle.opponent'));
  const opponent = await screenWith(who, 'battle.look');
  await who.tap(withAction('battle.look'));
  return { match: match.text, opponent: opponent.text };
}

describe.each(playedLanguages('en'))('a newcomer and a geared veteran in %s', (language) => {
  const seen = words[language];

  async function openWithTwo() {
    const clock = new FixedClock();
    const repositories = memoryRepositories(clock);
    const open = await openArena({}, { clock, repositories });
    const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
    await makeCharacter(ann, { name: seen.names[0], gender: 'female' });
    await makeCharacter(bob, { name: seen.names[1], gender: 'male' });
    await giveEarnings(bob, repositories, { items: gear });
    await wearTheBest(bob);
    return { open, clock, ann, bob };
  }

  test('meet once the window has widened, see how many points are set aside, and fight to the end', async () => {
    const { open, clock, ann, bob } = await openWithTwo();
    await Promise.all([search(ann), search(bob)]);
    await Promise.all([screenWith(ann, 'arena.cancel'), screenWith(bob, 'arena.cancel')]);
    clock.advance(19_999);
    await check(ann);
    await ann.sees(seen.newcomer);
    await check(bob);
    await bob.sees(seen.veteran);
    clock.advance(1);

    const [annSees, bobSees] = await Promise.all([cardsOf(ann), cardsOf(bob)]);
    expect(annSees.match).toMatch(seen.strong);
    expect(annSees.opponent).toMatch(seen.other);
    expect(bobSees.match).toMatch(seen.fresh);
    expect(bobSees.opponent).toMatch(seen.own);
    // The points that are set aside raise no health.
    for (const { match } of [annSees, bobSees]) expect(match.match(/110\/110/gu)).toHaveLength(2);

    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    await ann.sees(seen.ended[0]);
    await bob.sees(seen.ended[1]);
    expect(loggedProblems(open)).toEqual([]);
  });
});
