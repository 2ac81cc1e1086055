import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  withAction,
} from '../support/duel-steps.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import { giveEarnings } from '../support/give-earnings.ts';
import { itemOf } from '../support/items.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

const LONG = 90_000;

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    first: /^🎒 Bag 2\/24\n\n💰 2[36] gold/u,
    shop: /^🛒 Shop[^]*1\. .*— \d+ 💰[^]*6\. [^]*\(every day at 00:00 UTC\)/u,
    bought: /🛒 Bought: .*\. It is in the bag/u,
    card: /Better for a warrior|Much the same for a warrior/u,
    worn: /✅ Now worn: /u,
    sold: /💰 Sold: .*, \+\d+ gold/u,
    stale: 'Your bag has changed',
    frozen: 'Gear is frozen',
    away: 'The archive is not responding',
  },
  ru: {
    names: ['Анна', 'Богдан'],
    first: /^🎒 Сумка 2\/24\n\n💰 Золото: 2[36] /u,
    shop: /^🛒 Лавка[^]*1\. .*— \d+ 💰[^]*6\. [^]*\(каждый день в 00:00 UTC\)/u,
    bought: /🛒 Куплено: .*\. Вещь в сумке/u,
    card: /Лучше для воительницы|Почти то же для воительницы/u,
    worn: /✅ Надето: /u,
    sold: /💰 Продано: .*, золото \+\d+/u,
    stale: 'В сумке уже не то',
    frozen: 'снаряжение не меняют',
    away: 'Архив сейчас не отвечает',
  },
} as const;

/** The GearScore that the main menu shows. */
async function gearScoreOf(who: TestPlayer): Promise<number> {
  const menu = await screenWith(who, 'arena.join');
  return Number(/⚙️\D*(\d+)/u.exec(menu.text)?.[1]);
}

async function openShop(who: TestPlayer): Promise<void> {
  await who.tap(withAction('bag|'));
  await who.tap(withAction('shop|'));
}

/** The card of the first item that the bag lists. */
async function openCard(who: TestPlayer): Promise<void> {
  await who.tap(withAction('bag.page||bag'));
  await who.tap(withAction('bag.item'));
}

describe.each(playedLanguages('en'))('the bag in %s', (language) => {
  const seen = words[language];

  test(
    'is bought for with gold, worn for a higher GearScore, and sold',
    async () => {
      const { open, repositories } = await openDurableArena();
      const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
      await makeCharacter(ann, { name: seen.names[0] });
      await makeCharacter(bob, { name: seen.names[1] });
      await Promise.all([search(ann), search(bob)]);
      await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
      await ann.tap(withAction('arena.menu'));
      const fresh = await gearScoreOf(ann);
      await ann.tap(withAction('bag|'));
      await ann.sees(seen.first);
      await ann.tap(withAction('bag.close'));
      await giveEarnings(ann, repositories, { gold: 100 });

      await openShop(ann);
      await ann.sees(seen.shop);
      await ann.tap(withAction('shop.buy'));
      await ann.sees(seen.bought);
      await openCard(ann);
      const card = await ann.sees(seen.card);
      const wear = card.buttons.flat().find(withAction('bag.wear'))?.data ?? '';
      await ann.tap(withAction('bag.wear'));
      await ann.sees(seen.worn);
      ann.client.tap(wear, { force: true });
      await ann.seesNotice(seen.stale);
      await ann.tap(withAction('bag.close'));
      expect(await gearScoreOf(ann)).toBeGreaterThan(fresh);

      ann.say('/bag');
      await ann.tap(withAction('bag.item'));
      await ann.tap(withAction('bag.take_off'));
      await ann.tap(withAction('bag.item'));
      await ann.tap(withAction('bag.sell'));
      await ann.sees(seen.sold);
      await ann.tap(withAction('bag.close'));
      expect(await gearScoreOf(ann)).toBe(fresh);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'changes nothing during a search, and says once that the database is away',
    async () => {
      const { open, repositories, closeDatabase } = await openDurableArena();
      const ann = open.newPlayer('Ann', language);
      await makeCharacter(ann, { name: seen.names[0] });
      await giveEarnings(ann, repositories, { items: [itemOf('1 might_weapon rare ox')] });
      await search(ann);
      await screenWith(ann, 'arena.cancel');
      ann.say('/bag');
      await ann.tap(withAction('bag.item'));
      await ann.tap(withAction('bag.wear'));
      await ann.seesNotice(seen.frozen);
      await ann.tap(withAction('arena.cancel'));
      const fresh = await gearScoreOf(ann);
      await ann.tap(withAction('bag|'));
      await ann.tap(withAction('bag.item'));
      await closeDatabase();
      await ann.tap(withAction('bag.wear'));
      await ann.seesNotice(seen.away);
      expect(await gearScoreOf(ann)).toBe(fresh);
      await ann.tap(withAction('bag|'));
      await ann.seesNotice(seen.away);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});
