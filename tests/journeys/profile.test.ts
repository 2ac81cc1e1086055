import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { openDurableArena } from '../support/durable-arena.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    fresh:
      /^👤 Annabel · 🪓 Warrior\n\n🏅 No rated duels yet\.\n📊 No duels against other players yet\.\n\n🏅 Achievements: 0 of 20$/u,
    own: /^👤 Annabel · 🪓 Warrior\n\n🏅 Rating 1\d{3}\? · best this season 1\d{3}\n📊 Won [01] · lost [01] · drawn [01]\n⚔️ Won–lost: 🤺 [^\n]*\n🎯 Strikes most often (to|into) [^\n]*: \d+%\n🕐 Latest duels: [🏆💀🤝]\n\n🏅 Achievements: \d of 20/u,
    opponent: /^👤 Bob · 🤺 Duelist\n\n🏅 Rating 1\d{3}\?/u,
    newOpponent: /^👤 Bob · 🤺 Duelist\n\n🏅 No rated duels yet\./u,
    granted: /Victory[^]*🏅 Achievements?: [^\n]*First win/u,
    list: /^🏅 Achievements · \d of 20\n\n(✅|▫️) First win: win a duel\n/u,
    noCurve: /The chart begins with your first rated duel/u,
    sent: /^📈 Your rating\n\nThe picture is in this chat\./u,
    caption:
      /^📈 Annabel: 1500 → 1\d{3} in 1 rated duel\. Lowest 1\d{3}, highest 1\d{3}\. Lines every/u,
    often: /One picture a minute/u,
    unknown: /There is no such profile/u,
    deleted: /This player is deleted/u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    fresh:
      /^👤 Анна · 🪓 Воительница\n\n🏅 Рейтинговых дуэлей пока не было\.\n📊 Дуэлей с другими игроками пока не было\.\n\n🏅 Достижения: 0 из 20$/u,
    own: /^👤 Анна · 🪓 Воительница\n\n🏅 Рейтинг 1\d{3}\? · лучший в сезоне 1\d{3}\n📊 [^\n]*\n⚔️ Победы–поражения: 🤺 [^\n]*\n🎯 Чаще всего бьёт [^\n]*: \d+\s%\n🕐 Последние дуэли: [🏆💀🤝]\n\n🏅 Достижения: \d из 20/u,
    opponent: /^👤 Богдан · 🤺 Дуэлянт\n\n🏅 Рейтинг 1\d{3}\?/u,
    newOpponent: /^👤 Богдан · 🤺 Дуэлянт\n\n🏅 Рейтинговых дуэлей пока не было\./u,
    granted: /Победа[^]*🏅 Достижени[ея]: [^\n]*Первая победа/u,
    list: /^🏅 Достижения · \d из 20\n\n(✅|▫️) Первая победа: победить в дуэли\n/u,
    noCurve: /График начнётся с первой рейтинговой дуэли/u,
    sent: /^📈 Твой рейтинг\n\nКартинка в этом чате\./u,
    caption:
      /^📈 Анна: 1500 → 1\d{3} за 1 рейтинговую дуэль\. Минимум 1\d{3}, максимум 1\d{3}\. Линии через/u,
    often: /Одна картинка в минуту/u,
    unknown: /Такого профиля нет/u,
    deleted: /Этот игрок удалён/u,
  },
} as const;

describe.each(playedLanguages('en'))('the profile in %s', (language) => {
  const seen = words[language];

  async function openTwo() {
    const durable = await openDurableArena();
    const [ann, bob] = [
      durable.open.newPlayer('Ann', language),
      durable.open.newPlayer('Bob', language),
    ];
    await makeCharacter(ann, { name: seen.names[0] });
    await makeCharacter(bob, { name: seen.names[1], gender: 'male', archetype: 'duelist' });
    return { ...durable, ann, bob };
  }

  async function meet(ann: TestPlayer, bob: TestPlayer): Promise<void> {
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    await search(bob);
    await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  }

  test('shows rating, record and achievements after a duel, and sends the curve once a minute', async () => {
    const { open, ann, bob } = await openTwo();
    ann.say('/me');
    await ann.sees(seen.fresh);
    await ann.tap(withAction('profile.curve'));
    await ann.seesNotice(seen.noCurve);
    await screenWith(ann, 'arena.join');
    await meet(ann, bob);
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    const results = [ann, bob].map((who) => who.client.lastScreen()?.text ?? '');
    const isDrawn = results.every((text) => !/Victory|Победа/u.test(text));
    expect(isDrawn || results.some((text) => seen.granted.test(text))).toBe(true);

    ann.say('/me');
    await ann.sees(seen.own);
    await ann.tap(withAction('profile.achievements'));
    await ann.sees(seen.list);
    await ann.tap(withAction('profile|'));
    await ann.tap(withAction('profile.curve'));
    await ann.sees(seen.sent);
    const photos = () => ann.client.chat().messages.filter(({ photo }) => photo !== null);
    expect(photos().map(({ text }) => seen.caption.test(text))).toEqual([true]);
    await ann.tap(withAction('profile|'));
    await ann.tap(withAction('profile.curve'));
    await ann.seesNotice(seen.often);
    expect(photos()).toHaveLength(1);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('of an opponent opens from their card and from a replay, for those who fought alone', async () => {
    const { open, ann, bob } = await openTwo();
    await meet(ann, bob);
    await ann.tap(withAction('battle.opponent'));
    const card = await screenWith(ann, 'profile.opponent');
    const key = card.buttons.flat().find(withAction('profile.opponent'))?.data ?? '';
    await ann.tap(withAction('profile.opponent'));
    const shown = await ann.sees(seen.newOpponent);
    expect(shown.buttons.flat().some(withAction('profile.curve'))).toBe(false);
    await ann.tap(withAction('home'));
    await screenWith(ann, 'battle.strike');
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    await ann.tap(withAction('history.replay'));
    await ann.tap(withAction('profile.opponent'));
    await ann.sees(seen.opponent);

    const cat = open.newPlayer('Cat', language);
    await makeCharacter(cat, { name: 'Cat' });
    cat.client.tap(key, { force: true });
    await cat.seesNotice(seen.unknown);

    await bob.tap(withAction('arena.menu'));
    bob.say('/forgetme');
    await bob.tap(withAction('privacy.forget_confirmed'));
    await screenWith(bob, 'home');
    ann.client.tap(key, { force: true });
    await ann.seesNotice(seen.deleted);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('opens from the character screen', async () => {
    const { open, ann, bob } = await openTwo();
    await meet(ann, bob);
    await surrender(ann);
    await ann.tap(withAction('arena.menu'));
    await ann.tap(withAction('character'));
    await ann.tap(withAction('profile|'));
    await screenWith(ann, 'profile.curve');
    expect(loggedProblems(open)).toEqual([]);
  });
});
