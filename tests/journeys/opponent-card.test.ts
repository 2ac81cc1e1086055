import { describe, expect, test } from 'vitest';
import {
  beginFirstFight,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';
import { notifyingSends } from '../support/screens-in-chat.ts';

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    opening: /🔴 GearScore \d+ · 0–0[^\n]*\n🏅 new here · an even match\n✨ ⚡15 Crushing blow, /u,
    card: /^👤 Annabel · 🪓 Warrior[^]*No duels[^]*🏅 new here[^]*🤝 Matched[^]*Techniques\n• ⚡15 Crushing blow — a guard/u,
    shadow: /^👤 Your Shadow · 🪓 Warrior[^]*Novice[^]*85% health/u,
    sent: /You sent 😅/u,
    muted: /You no longer see the emotes/,
    shown: /You see the emotes/,
    refused: /has turned emotes off/,
    replay: /^🎞 Replay[^]*🟢 Annabel · Warrior/u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    opening: /🔴 мощь \d+ · 0–0[^\n]*\n🏅 новичок · силы равны\n✨ ⚡15 Сокрушение, /u,
    card: /^👤 Анна · 🪓 Воительница[^]*Дуэлей[^]*🏅 новичок[^]*🤝 Подбор[^]*Приёмы\n• ⚡15 Сокрушение — защита/u,
    shadow: /^👤 Твоя Тень · 🪓 Воительница[^]*Новичок[^]*85.% здоровья/u,
    sent: /Отправлено: 😅/u,
    muted: /больше не показываются/,
    shown: /показываются\. Отключить/,
    refused: /реакции отключены/,
    replay: /^🎞 Повтор[^]*🟢 Анна · Воительница/u,
  },
} as const;

const emoteKey = (emote: string) => withAction(new RegExp(`^battle\\.emote\\|.*\\|${emote}$`));

describe.each(playedLanguages('en'))('the opponent in %s', (language) => {
  const seen = words[language];

  async function openDuel() {
    const open = await openArena();
    const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
    await makeCharacter(ann, { name: seen.names[0] });
    await makeCharacter(bob, { name: seen.names[1], gender: 'male', archetype: 'duelist' });
    await Promise.all([search(ann), search(bob)]);
    await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
    return { open, ann, bob };
  }

  test('has a card that is one tap away, whose emote the other one sees in the next round', async () => {
    const { open, ann, bob } = await openDuel();
    expect((await screenWith(bob, 'battle.strike')).text).toMatch(seen.opening);
    await bob.tap(withAction('battle.opponent'));
    expect((await screenWith(bob, 'battle.emote')).text).toMatch(seen.card);
    await bob.tap(emoteKey('sweat'));
    const sent = await bob.sees(seen.sent);
    expect(sent.buttons.flat().filter(withAction('battle.emote'))).toEqual([]);
    await bob.tap(withAction('battle.look'));
    await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
    await ann.sees(/^\S+ 2 .* 😅\n/u);

    await surrender(ann);
    await bob.tap(emoteKey('gg'));
    // A frame shows it to the other one, which a busy machine leaves out.
    await bob.sees('💬 🟢 gg');
    await ann.tap(withAction('history.replay'));
    await ann.sees(seen.replay);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('gets no emote while the other one has muted them, who can turn them on again', async () => {
    const { open, ann, bob } = await openDuel();
    ann.say('/mute');
    await ann.sees(seen.muted);
    await bob.tap(withAction('battle.opponent'));
    await bob.tap(emoteKey('sweat'));
    await bob.seesNotice(seen.refused);
    await ann.tap(withAction('emotes.unmute'));
    await ann.sees(seen.shown);
    await ann.tap(withAction('home'));
    await bob.tap(withAction('battle.opponent'));
    await bob.tap(emoteKey('sweat'));
    await bob.sees(seen.sent);
    await screenWith(ann, 'battle.strike');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('in the first fight is the Shadow, which begins silently and has level and handicap', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann', language);
    await beginFirstFight(ann, { name: seen.names[0] });
    await open.arena.idle();
    expect(notifyingSends(open.sandbox, ann.id)).toBe(0);
    await ann.tap(withAction('battle.opponent'));
    const card = await ann.sees(seen.shadow);
    expect(card.buttons.flat().filter(withAction('battle.emote'))).toEqual([]);
    await ann.tap(withAction('battle.look'));
    await screenWith(ann, 'battle.strike');
    expect(loggedProblems(open)).toEqual([]);
  });
});
