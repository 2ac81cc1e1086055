import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { userDataSchema } from '../../domains/privacy/user-data.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { giveEarnings } from '../support/give-earnings.ts';
import { itemOf } from '../support/items.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

type Durable = Awaited<ReturnType<typeof openDurableArena>>;

const words = {
  en: {
    names: ['Annabellina', 'Bob'],
    privacy: /^🔐 Your data[^]*Stored for the game/u,
    sent: /The file is in this chat/u,
    often: /One file a minute/u,
    busy: /You are searching or fighting/u,
    ask: /^🗑 Erase everything\?/u,
    gone: /^🗑 Everything is erased/u,
    deleted: /deleted player/u,
    support: /3 messages are left today/u,
    passed: /Passed on/u,
    full: /Three messages a day/u,
    none: /No operator is set/u,
    never: /^🚫 Never meet Annabellina again\?/u,
    blocked: /You will not meet again/u,
    list: /^🚫 Blocked: 1 of 50/u,
    empty: /^🚫 Blocked: 0 of 50/u,
  },
  ru: {
    names: ['Аннабеллина', 'Богдан'],
    privacy: /^🔐 Твои данные[^]*Для игры/u,
    sent: /Файл в этом чате/u,
    often: /Один файл в минуту/u,
    busy: /Идёт поиск или бой/u,
    ask: /^🗑 Стереть всё\?/u,
    gone: /^🗑 Всё стёрто/u,
    deleted: /удалённый игрок/u,
    support: /Сегодня осталось 3 сообщения/u,
    passed: /Передано/u,
    full: /Не больше трёх сообщений/u,
    none: /не указан оператор/u,
    never: /^🚫 Аннабеллина: больше не встречаться\?/u,
    blocked: /Вы больше не встретитесь/u,
    list: /^🚫 Чёрный список: 1 из 50/u,
    empty: /^🚫 Чёрный список: 0 из 50/u,
  },
} as const;

/** Numbers that nothing else has by chance. */
const FIRST_CHARACTER = 987_654_320;

async function openTwo(language: 'en' | 'ru', env: Readonly<Record<string, string>> = {}) {
  const durable = await openDurableArena(env);
  const { open, db } = durable;
  await db.execute(sql`select setval('characters_id_seq', ${FIRST_CHARACTER})`);
  const [ann, bob] = [open.newPlayer('Annika-Telegram', language), open.newPlayer('Bob', language)];
  const [annName, bobName] = words[language].names;
  await makeCharacter(ann, { name: annName });
  await makeCharacter(bob, { name: bobName, gender: 'male', archetype: 'duelist' });
  // What follows is listed after the first fights.
  open.clock.advance(1_000);
  return { ...durable, ann, bob };
}

async function meet(ann: TestPlayer, bob: TestPlayer): Promise<void> {
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  await search(bob);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
}

/** What is stored and names the user, one of their characters, or what they are called. */
async function traces({ db, redis }: Durable, searched: readonly string[]): Promise<string[]> {
  const all = await everythingStored(db, redis);
  return all.filter((one) => searched.some((text) => one.includes(text)));
}

describe.each(playedLanguages('ru'))('what is stored about a user, in %s', (language) => {
  const seen = words[language];

  test('is shown, sent as a file once a minute, and asked for before it is erased', async () => {
    const durable = await openTwo(language);
    const { open, ann, bob } = durable;
    await giveEarnings(ann, durable.repositories, {
      gold: 77,
      items: [itemOf('1 might_weapon rare ox')],
    });
    await meet(ann, bob);
    ann.say('/forgetme');
    await ann.sees(seen.busy);
    await surrender(ann);
    await screenWith(ann, 'arena.menu');
    ann.say('/privacy');
    await ann.sees(seen.privacy);
    ann.say('/mydata');
    await ann.sees(seen.sent);
    const { messages } = ann.client.chat();
    const file = messages.find((one) => one.document !== null)?.document;
    expect(file?.fileName).toBe('arena-data.json');
    const { file_path } = await fileAt(durable, file?.fileId ?? '');
    const document = userDataSchema.parse(await fetchJson(durable, file_path));
    expect(document.user_id).toBe(ann.id);
    expect(document.tables.characters).toMatchObject([{ name: seen.names[0] }]);
    expect(document.tables.users).toMatchObject([{ first_name: 'Annika-Telegram' }]);
    expect(document.tables.items).toHaveLength(3);
    expect(document.tables.journeys).toMatchObject([{ gold: 97 }]);
    expect(document.battles.length).toBeGreaterThan(1);
    expect(Object.keys(document.live)).toContain(`player:${ann.id}`);
    // Another user's number is not in it.
    expect(JSON.stringify(document)).not.toContain(String(bob.id));
    ann.say('/mydata');
    await ann.sees(seen.often);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('is gone after /forgetme from every table and key, and an opponent keeps the battle', async () => {
    const durable = await openTwo(language);
    const { open, ann, bob, repositories } = durable;
    await giveEarnings(ann, repositories, { gold: 77, items: [itemOf('1 might_weapon rare ox')] });
    await meet(ann, bob);
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    ann.say('/support');
    await ann.sees(seen.none);
    ann.say('/mydata');
    await ann.sees(seen.sent);
    const [character] = await repositories.characters.listOf(ann.id);
    const searched = [ann.id, character?.character_id, 'Annika-Telegram', seen.names[0]].map(
      String,
    );
    expect((await traces(durable, searched)).length).toBeGreaterThan(8);

    ann.say('/forgetme');
    await ann.sees(seen.ask);
    await ann.tap(withAction('privacy.forget_confirmed'));
    await ann.sees(seen.gone);
    await open.arena.idle();
    // Saves of sessions and users, which run every moment, bring nothing back.
    open.clock.advance(180_000);
    await open.arena.services.logout.work();
    await open.arena.services.logout.flush();
    expect(await traces(durable, searched)).toEqual([]);

    bob.say('/history');
    await bob.sees(seen.deleted);
    await bob.tap(withAction('history.replay'));
    await bob.sees(seen.deleted);

    await ann.tap(withAction('home'));
    await screenWith(ann, 'lobby.new');
    expect(await repositories.users.find(ann.id)).toMatchObject({ activeCharacterId: null });
    expect(loggedProblems(open)).toEqual([]);
  });

  test('includes who is never met again, who can be met again', async () => {
    const { open, ann, bob, repositories } = await openTwo(language);
    await meet(ann, bob);
    await bob.tap(withAction('battle.opponent'));
    await bob.tap(withAction('battle.block|'));
    await bob.sees(seen.never);
    await bob.tap(withAction('battle.block_confirmed'));
    await bob.sees(seen.blocked);
    await bob.tap(withAction('battle.unblock'));
    await bob.tap(withAction('battle.block|'));
    await bob.tap(withAction('battle.block_confirmed'));
    await bob.sees(seen.blocked);
    await bob.tap(withAction('battle.surrender|'));
    await bob.tap(withAction('battle.surrender_confirmed'));
    await Promise.all([screenWith(ann, 'arena.join'), screenWith(bob, 'arena.join')]);

    await search(ann);
    await screenWith(ann, 'arena.cancel');
    await search(bob);
    await screenWith(bob, 'arena.cancel');
    // By the next waves their windows are at the widest.
    open.clock.advance(44_000);
    await open.arena.services.arena.wave();
    await open.arena.services.arena.wave();
    await Promise.all([ann, bob].map((who) => who.tap(withAction('arena.cancel'))));

    bob.say('/privacy');
    await bob.tap(withAction('privacy.blocks'));
    await bob.sees(seen.list);
    await bob.tap(withAction(`privacy.unblock||${ann.id}`));
    await bob.sees(seen.empty);
    expect(await repositories.blocks.listOf(bob.id)).toEqual([]);
    await bob.tap(withAction('home'));
    await meet(ann, bob);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('does not include messages to the operator, of whom three a day are passed on', async () => {
    const ADMIN = 424_242;
    const { open, ann } = await openTwo(language, { ARENA_ADMINS: String(ADMIN) });
    const admin = open.sandbox.people.add({ id: ADMIN, firstName: 'Operator', languageCode: 'en' });
    admin.say('/start');
    const noteWith = (words: string) =>
      admin.waitFor((chat) => chat.messages.find(({ text }) => text.includes(words)));
    ann.say('/support');
    await ann.sees(seen.support);
    ann.say('My <b>sword</b> is gone');
    await ann.sees(seen.passed);
    const note = await noteWith('My <b>sword</b> is gone');
    expect(note.text).toContain(`User ${ann.id}`);
    expect(note.text).toContain(`tg://user?id=${ann.id}`);
    for (const word of ['two', 'three']) {
      ann.say(`/support It is number ${word}`);
      await noteWith(`It is number ${word}`);
      await ann.sees(seen.passed);
    }
    ann.say('/support It is number four');
    await ann.sees(seen.full);
    open.clock.advance(86_400_000);
    ann.say('/support');
    await ann.sees(seen.support);
    expect(admin.chat().messages.some(({ text }) => text.includes('number four'))).toBe(false);
    expect(loggedProblems(open)).toEqual([]);
  });
});

async function fileAt({ open }: Durable, fileId: string): Promise<{ file_path: string }> {
  const answer = await fetchJson({ open }, null, `getFile?file_id=${fileId}`);
  return z.object({ result: z.object({ file_path: z.string() }) }).parse(answer).result;
}

async function fetchJson(
  { open }: Pick<Durable, 'open'>,
  path: string | null,
  method = '',
): Promise<unknown> {
  const { url, token } = open.sandbox;
  const address =
    path === null ? `${url}/bot${token}/${method}` : `${url}/file/bot${token}/${path}`;
  return (await fetch(address)).json();
}
