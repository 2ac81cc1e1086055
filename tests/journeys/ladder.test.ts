import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import type { Database } from '../../database/database.ts';
import { ladderStandings, seasons } from '../../database/schema-ratings.ts';
import { SqlSeasons } from '../../database/seasons.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { FixedClock } from '../support/clock.ts';
import {
  makeCharacter,
  makeMove,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { manyStandings } from '../support/many-standings.ts';
import { patientWait } from '../support/durable-arena.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

// Generous, because a busy machine must not fail a test.
const LONG = 180_000;
const DAY_MS = 86_400_000;
const OTHERS = 20;

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    lacks:
      /^🏆 The best of season 1\n\n1\. [^]*To get a place on the list: 10 more rated duels, 5 more opponents\./u,
    card: /League: 🥈 Silver/u,
    promoted: /Victory[^]*⬆️ Promoted: 🥇 Gold\n📈 Place \d+ · 🥇 Gold/u,
    stayed: /Defeat[^]*📈 Place \d+ · 🥈 Silver/u,
    top: /^🏆 The best of season 1[^]*\n👉 \d+\. Bob · 15\d\d\n/u,
    mystics: /^🏆 The best of season 1 · 🔮 Mystic\n\n1\. /u,
    ever: /^🏆 The best of all time/u,
    season: /^📅 Season 1[^]*You: place \d+ · 🥇 Gold · 15\d\d\nPeak 15\d\d · 13 rated duels/u,
    over: /🏁 Season 1 is over\nplace \d+ · 🥇 Gold · 15\d\d/u,
    past: /^📅 Season 2[^]*Your past seasons\n1\. place \d+ · 🥇 Gold · 15\d\d · peak 15\d\d/u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    lacks:
      /^🏆 Лучшие сезона 1\n\n1\. [^]*До места в списке: ещё 10 рейтинговых дуэлей, ещё 5 соперников\./u,
    card: /Лига: 🥈 Серебро/u,
    promoted: /Победа[^]*⬆️ Переход выше: 🥇 Золото\n📈 Место \d+ · 🥇 Золото/u,
    stayed: /Поражение[^]*📈 Место \d+ · 🥈 Серебро/u,
    top: /^🏆 Лучшие сезона 1[^]*\n👉 \d+\. Богдан · 15\d\d\n/u,
    mystics: /^🏆 Лучшие сезона 1 · 🔮 Мистик\n\n1\. /u,
    ever: /^🏆 Лучшие за всё время/u,
    season:
      /^📅 Сезон 1[^]*Сейчас: место \d+ · 🥇 Золото · 15\d\d\nРекорд 15\d\d · 13 рейтинговых дуэлей/u,
    over: /🏁 Сезон 1 закончен\nместо \d+ · 🥇 Золото · 15\d\d/u,
    past: /^📅 Сезон 2[^]*Прошлые сезоны\n1\. место \d+ · 🥇 Золото · 15\d\d · рекорд 15\d\d/u,
  },
} as const;

describe.each(playedLanguages('ru'))('the lists of the best in %s', (language) => {
  const seen = words[language];

  test(
    'say what a newcomer lacks, show who was promoted, and end with the season, which is shown once',
    async () => {
      const clock = new FixedClock();
      const db = await openDatabase(clock);
      const repositories = repositoriesOn(db, silentLog, clock);
      const redis = await connectRedis({ url: null, log: silentLog });
      onTestFinished(() => redis.close());
      const open = await openArena({}, { clock, repositories, redis, wait: patientWait });
      const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
      await makeCharacter(ann, { name: seen.names[0] });
      await makeCharacter(bob, { name: seen.names[1], gender: 'male' });
      ann.say('/top');
      await ann.sees(seen.lacks);
      await nearlyGold(db, clock.now());
      await ann.tap(withAction('home'));
      await duel(ann, bob, seen.card);
      await ann.sees(seen.stayed);
      await bob.sees(seen.promoted);

      await bob.tap(withAction('arena.menu'));
      // Characters that are new to the lists enter them when somebody looks after they are a minute old.
      await redis.client.del(keys.listsMade());
      await bob.tap(withAction('top|'));
      await expect.poll(() => redis.client.zcard(keys.list('0', 'all'))).toBe(OTHERS + 2);
      await bob.tap(withAction('top.list||season|all'));
      await bob.sees(seen.top);
      await bob.tap(withAction('top.list||season|mystic'));
      await bob.sees(seen.mystics);
      await bob.tap(withAction('top.list||ever|mystic'));
      await bob.sees(seen.ever);
      await bob.tap(withAction('season|'));
      await bob.sees(seen.season);

      clock.advance(4 * DAY_MS);
      await expect.poll(() => db.$count(seasons, sql`closed_at is not null`)).toBe(1);
      await bob.tap(withAction('home'));
      await bob.sees(seen.over);
      await bob.tap(withAction('season|'));
      await bob.sees(seen.past);
      await bob.tap(withAction('home'));
      expect((await screenWith(bob, 'arena.join')).text).not.toMatch(seen.over);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});

async function openDatabase(clock: FixedClock): Promise<Database> {
  const db = await someDatabase();
  await db.update(seasons).set({ started_at: new Date(clock.now()) });
  await new SqlSeasons(db).setEnd(0, clock.now() + 3 * DAY_MS);
  await manyCharacters(db, OTHERS);
  await db.execute(sql`select setval('characters_id_seq', ${OTHERS}::int)`);
  await manyStandings(db, { count: OTHERS, lastAtMs: clock.now() });
  return db;
}

/** The two players are five points below gold. */
async function nearlyGold(db: Database, nowMs: number): Promise<void> {
  const at = new Date(nowMs);
  await db.execute(sql`insert into ladder_standings (season, ladder, character_id,
      user_id, mu, sigma, r, peak, battles, opponents, lifetime, reached_at, last_at, league, archetype)
    select 0, 'duel', id, user_id, 24.833333, 2.5, 1495, 1495, 12, 6, 12, ${at.toISOString()},
      ${at.toISOString()}, 'silver', archetype from characters where id > ${OTHERS}`);
  expect(await db.$count(ladderStandings)).toBe(OTHERS + 2);
}

/** The first gives up after three rounds, enough for a rated duel. */
async function duel(ann: TestPlayer, bob: TestPlayer, card: RegExp): Promise<void> {
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  await bob.tap(withAction('battle.opponent'));
  await bob.sees(card);
  await bob.tap(withAction('battle.look'));
  for (const exchange of [1, 2, 3]) {
    for (const who of [ann, bob]) await screenOf(who, exchange);
    await makeMove(ann, exchange);
    await makeMove(bob, exchange);
  }
  await screenOf(ann, 4);
  await surrender(ann);
}

function screenOf(who: TestPlayer, exchange: number) {
  return who.client.waitFor((chat) => {
    const screen = chat.messages.findLast(({ from }) => from === 'bot');
    const buttons = screen?.buttons.flat() ?? [];
    const of = new RegExp(`^battle\\.strike\\|[^|]*\\|[^|]*\\|${exchange}\\|`);
    return buttons.some(withAction(of)) && screen;
  }, 15_000);
}
