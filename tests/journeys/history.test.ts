import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import type { Repositories } from '../../bot/repositories.ts';
import { battles } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { archivedBattle } from '../support/archived-battles.ts';
import {
  withAction,
  beginFirstFight,
  exchangeOf,
  fightToTheEnd,
  leaveFight,
  makeCharacter,
  makeMove,
  screenWith,
  search,
} from '../support/duel-steps.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

const LONG = 60_000;
/** The day of the first fight, the latest battle in these lists. */
const FIRST_FIGHT = '2026-01-01';

test(
  'the result card opens a replay of the duel, which only its players can see',
  async () => {
    const { open, db } = await openDurableArena();
    const [ann, bob, cat] = [
      open.newPlayer('Ann'),
      open.newPlayer('Боб', 'ru'),
      open.newPlayer('Cat'),
    ];
    await Promise.all([
      makeCharacter(ann, { name: 'Annabel', archetype: 'duelist' }),
      makeCharacter(bob, { name: 'Богдан', archetype: 'mystic' }),
      makeCharacter(cat, { name: 'Catherine' }),
    ]);
    // The duel ends after the first fights.
    open.clock.advance(1_000);
    await Promise.all([search(ann), search(bob)]);
    const [{ screens, card }] = await Promise.all([watchToTheEnd(ann), fightToTheEnd(bob)]);

    // Three first fights and the duel: its result is shown while it is stored.
    await expect.poll(() => db.$count(battles)).toBe(4);
    await ann.tap(withAction('history'));
    const list = await ann.sees(/1\. [🏆💀🤝] Богдан/u);
    const fought = screens.length === 1 ? '1 round' : `${screens.length} rounds`;
    expect(list.text).toMatch(new RegExp(`\n +${fought} · 2026-`));
    expect(list.entities.map((one) => one.type)).toContain('date_time');
    const replay = await openReplay(ann, 1);
    await checkReplay(ann, screens, card);
    await ann.tap(withAction('history.page'));
    await ann.sees(/Annabel’s battles/);

    cat.client.tap(replay, { force: true });
    await cat.seesNotice(/That is not your battle/);
    const refusal = await cat.sees(/The arena/);
    expect(refusal.text).not.toMatch(/Annabel|Богдан/);
    cat.client.tap(replay.replace(/\|\|[^|]*/, '||abcdefghijkl'), { force: true });
    await cat.seesNotice(/no such battle/);

    bob.say('/history');
    await bob.sees(/1\. [🏆💀🤝] Annabel/u);
    await openReplay(bob, 1);
    await bob.sees(/Повтор · раунд 1 из/);
    expect(loggedProblems(open)).toEqual([]);
  },
  LONG,
);

test(
  'twelve battles can be paged through in both directions',
  async () => {
    const { open, repositories } = await openDurableArena();
    const ann = open.newPlayer('Ann');
    await beginFirstFight(ann, { name: 'Ann' });
    ann.say('/history');
    await ann.sees(/No battles yet/);
    await ann.tap(withAction('home'));
    await leaveFight(ann);
    await giveBattles(ann, repositories, 11);

    ann.say('/history');
    await ann.sees(page(FIRST_FIGHT, 11, 10, 9, 8));
    await ann.tap(withAction('history.older'));
    await ann.sees(page(7, 6, 5, 4, 3));
    await ann.tap(withAction('history.older'));
    const first = await ann.sees(page(2, 1));
    expect(first.buttons.flat().filter(withAction('history.older'))).toEqual([]);
    await ann.tap(withAction('history.newer'));
    await ann.sees(page(7, 6, 5, 4, 3));
    await openReplay(ann, 4);
    await ann.sees(/Replay/);
    await ann.tap(withAction('history.page'));
    await ann.sees(page(7, 6, 5, 4, 3));
    await ann.tap(withAction('history.newer'));
    const latest = await ann.sees(page(FIRST_FIGHT, 11, 10, 9, 8));
    expect(latest.buttons.flat().filter(withAction('history.newer'))).toEqual([]);
    await ann.tap(withAction('home'));
    await screenWith(ann, 'character');
    expect(loggedProblems(open)).toEqual([]);
  },
  LONG,
);

test(
  'a player who reads the history during a duel is brought back by the next exchange',
  async () => {
    const repositories = memoryRepositories();
    const open = await openArena({}, { repositories });
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(bob, { name: 'Bob' });
    await giveBattles(ann, repositories, 1);
    await Promise.all([search(ann), search(bob)]);
    await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
    await makeMove(ann, 1);
    await ann.sees(/Your move is in/);
    ann.say('/history');
    await ann.sees(page(FIRST_FIGHT, 1));
    await openReplay(ann, 2);
    await ann.sees(/Replay/);
    await makeMove(bob, 2);
    await ann.sees(/^Round 2/);
    ann.say('/history');
    await ann.sees(page(FIRST_FIGHT, 1));
    await ann.tap(withAction('home'));
    await ann.sees(/^Round 2/);
    expect(loggedProblems(open)).toEqual([]);
  },
  LONG,
);

test(
  'only the history is unavailable while the database is',
  async () => {
    const { open, repositories, closeDatabase } = await openDurableArena();
    const ann = open.newPlayer('Ann');
    await makeCharacter(ann, { name: 'Ann' });
    await giveBattles(ann, repositories, 1);
    ann.say('/history');
    await ann.sees(page(FIRST_FIGHT, 1));
    await closeDatabase();
    await openReplay(ann, 2);
    await ann.seesNotice(/cannot be read right now/);
    await ann.sees(/The arena/);
    ann.say('/history');
    await ann.client.waitFor((chat) => chat.messages.at(-1)?.from === 'bot');
    await ann.sees(/cannot be read right now[^]*The arena/);
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    expect(loggedProblems(open)).toEqual([expect.stringContaining('battle history unavailable')]);
  },
  LONG,
);

test('a user without a character sees that there is no history', async () => {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  ann.say('/history');
  await ann.sees(/Choose a character first[^]*Welcome to the arena/);
  expect(loggedProblems(open)).toEqual([]);
});

/** Fights to the result card; returns the text after each exchange, and the card. */
async function watchToTheEnd(who: TestPlayer): Promise<{ screens: string[]; card: string }> {
  const screens: string[] = [];
  // The menu has the key of the history as well.
  await screenWith(who, 'battle.strike');
  for (let last = 0; ;) {
    const screen = await who.client.waitFor((chat) => {
      const shown = chat.messages.findLast(({ from }) => from === 'bot') ?? null;
      const isOver = shown?.buttons.flat().some(withAction('history')) === true;
      return (isOver || (exchangeOf(shown) ?? 0) > last) && shown;
    }, 15_000);
    if (last > 0) screens.push(screen.text);
    const exchange = exchangeOf(screen);
    if (exchange === null) return { screens, card: screen.text };
    last = exchange;
    await makeMove(who, exchange);
  }
}

/** Opens the battle at this place of the list; returns its button's data. */
async function openReplay(who: TestPlayer, place: number): Promise<string> {
  const screen = await screenWith(who, 'history.replay');
  const data = screen.buttons[0]?.[place - 1]?.data ?? '';
  await who.tap(withAction(data));
  return data;
}

/** Steps through the replay: every step shows the lines of the duel's own screen. */
async function checkReplay(who: TestPlayer, screens: readonly string[], card: string) {
  for (const [index, duel] of screens.entries()) {
    const title = `Replay · round ${index + 1} of ${screens.length}\n`;
    const { text } = await who.sees(title);
    const [, between, exchange = '', fighters, verdict = null] = text.split('\n\n');
    expect(between).toMatch(/^🟢 Annabel ⚔️ 🔴 Богдан\n/u);
    const lines = exchange.split('\n').filter((line) => /^[🟢🔴]/u.test(line));
    expect(lines.join('\n')).toMatch(/^🟢 🗡 .* 🛡 .*\n🔴 🗡 .* 🛡 .*\n.*→/u);
    const isLast = index + 1 === screens.length;
    // The result shows the blows of the last exchange, and the health that is left.
    const shared = isLast ? lines.filter((line) => line.includes('→')) : [...lines, '', fighters];
    for (const line of shared) expect(duel).toContain(line);
    expect(verdict).toBe(isLast ? card.split('\n\n')[0] : null);
    if (!isLast) await who.tap([0, 2]);
  }
  await who.tap([0, 0]);
  await who.sees(/Replay · round 1 of/);
  await who.tap([0, 3]);
  await who.sees(`round ${screens.length} of ${screens.length}`);
}

/** Battles against the same opponent, one a day. */
async function giveBattles(who: TestPlayer, { characters, battles }: Repositories, count: number) {
  const charId = (await characters.listOf(who.id)).at(0)?.character_id ?? 0;
  for (let day = 1; day <= count; day += 1) {
    const battle = archivedBattle(day);
    const [own, opponent] = battle.sides;
    const sides: ArchivedBattle['sides'] = [
      { ...own, charId, userId: who.id, name: 'Ann' },
      { ...opponent, charId: 99, userId: 99 },
    ];
    await battles.store({ ...battle, sides, endedAtMs: Date.UTC(2025, 0, day) });
  }
}

/** A page of battles of these days; a number is a day of `giveBattles`. */
function page(...days: (number | string)[]): RegExp {
  const dates = days.map((day) =>
    typeof day === 'string' ? day : `2025-01-${String(day).padStart(2, '0')}`,
  );
  const lines = dates.map((date, index) => `${index + 1}\\. .*\n.*${date}`);
  return new RegExp(`Ann’s battles\n\n${lines.join('[^\n]*\n')}[^\n]*\n\n`);
}
