import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { ladderStandings } from '../../database/schema-ratings.ts';
import { battleWon } from '../support/archived-battles.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { actionsIn, openWithOperator } from '../support/open-with-operator.ts';
import { playedLanguages } from '../support/repetitions.ts';

type Opened = Awaited<ReturnType<typeof openWithOperator>>;

const DAY_MS = 86_400_000;
const words = {
  en: {
    banned: /⛔ You cannot play[^]*Until[^]*Rude words/u,
    forEver: /⛔ You cannot play[^]*For ever/u,
    passed: /Passed on/u,
    privacy: /^🔐 Your data/u,
    forget: /^🗑 Erase everything/u,
    gone: /^🗑 Everything is erased/u,
    paused: /rated play is paused/u,
    draining: /about to be updated/u,
  },
  ru: {
    banned: /⛔ Играть нельзя[^]*До[^]*Rude words/u,
    forEver: /⛔ Играть нельзя[^]*Навсегда/u,
    passed: /Передано/u,
    privacy: /^🔐 Твои данные/u,
    forget: /^🗑 Стереть всё/u,
    gone: /^🗑 Всё стёрто/u,
    paused: /рейтинговая игра закрыта/u,
    draining: /Арена скоро обновится/u,
  },
} as const;

async function meet(ann: TestPlayer, bob: TestPlayer): Promise<void> {
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  await search(bob);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
}

/** The operator opens the card of a player, and taps a key that asks for a text. */
/** `action`: a key of the player's card, with the player's id. */
async function ask(operator: TestPlayer, action: string, typed: string) {
  operator.say(`/admin find ${action.split('|')[2] ?? ''}`);
  await operator.tap(withAction(action));
  await screenAsks(operator);
  operator.say(typed);
  await screenWith(operator, 'admin.player');
}

function screenAsks(operator: TestPlayer) {
  return operator.sees(/Why\?|What shall|Amount|Type the message/u);
}

async function ban(operator: TestPlayer, player: TestPlayer, length: string): Promise<void> {
  await ask(operator, `admin.ban||${player.id}|${length}`, 'Rude words');
  await operator.sees(/Banned\./u);
}

/** Ann has won a rated duel against Bob, just now. */
async function storeRated({ open, repositories, ann, bob }: Opened): Promise<void> {
  const [first] = await repositories.characters.listOf(ann.id);
  const [second] = await repositories.characters.listOf(bob.id);
  const won = battleWon(1, [first?.character_id ?? 0, second?.character_id ?? 0]);
  const [one, other] = won.sides;
  await repositories.battles.store({
    ...won,
    startedAtMs: open.clock.now(),
    endedAtMs: open.clock.now() + 1_000,
    sides: [
      { ...one, userId: ann.id },
      { ...other, userId: bob.id },
    ],
  });
}

test('/admin of a player gets what an unknown command gets, as does one of its buttons', async () => {
  const open = await openArena({ ARENA_ADMINS: '424242' });
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  for (const who of [ann, bob]) {
    await makeCharacter(who, { name: who === ann ? 'Anna' : 'Bobb' });
  }
  const replyTo = async (who: TestPlayer, typed: string) => {
    const before = who.client.lastScreen()?.messageId ?? 0;
    who.say(typed);
    const { text, buttons } = await who.client.waitFor((chat) => {
      const last = chat.messages.at(-1);
      return last?.from === 'bot' && last.messageId > before && last;
    });
    return JSON.stringify({ text, buttons }).replaceAll('Bobb', 'Anna');
  };
  const unknown = await replyTo(ann, '/adminn');
  expect(await replyTo(bob, '/admin')).toEqual(unknown);
  expect(await replyTo(bob, '/admin find 7')).toEqual(unknown);
  const toastOf = async (who: TestPlayer, data: string) =>
    (await who.client.tap(data, { force: true }).answered()).text;
  expect(await toastOf(bob, 'admin.drain||on')).toBe(await toastOf(ann, 'adminn.drain||on'));
  expect(open.arena.services.drain.isOn()).toBe(false);
  const menus = open.sandbox.calls.list('setMyCommands').map(({ parameters }) => parameters);
  expect(JSON.stringify(menus)).not.toContain('admin');
  expect(loggedProblems(open)).toEqual([]);
});

describe.each(playedLanguages('en'))('an operator, in %s', (language) => {
  const seen = words[language];

  test('bans a player, whose search ends, who sees why whatever they do, and who can play after the ban', async () => {
    const durable = await openWithOperator(language);
    const { open, ann, bob, operator } = durable;
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    await ban(operator, ann, 'day');
    await ann.sees(seen.banned);
    for (const typed of ['/menu', 'Hello']) {
      const before = ann.client.lastScreen()?.messageId ?? 0;
      ann.say(typed);
      await ann.client.waitFor((chat) => {
        const last = chat.messages.at(-1);
        return (last?.messageId ?? 0) > before && seen.banned.test(last?.text ?? '');
      });
    }
    for (const data of ['arena.join|1v1', 'arena.train|1v1|novice']) {
      await ann.client.tap(data, { force: true }).answered();
      await ann.sees(seen.banned);
    }
    ann.say('/privacy');
    await ann.sees(seen.privacy);
    ann.say('/support Why me?');
    await ann.sees(seen.passed);
    ann.say('/forgetme');
    await ann.sees(seen.forget);
    await ann.tap(withAction('home'));
    await ann.sees(seen.banned);
    // No player waits for the other one.
    await search(bob);
    await screenWith(bob, 'arena.cancel');
    await bob.tap(withAction('arena.cancel'));
    open.clock.advance(DAY_MS + 1);
    ann.say('/start');
    await screenWith(ann, 'arena.join');
    expect(await actionsIn(durable)).toEqual([{ action: 'ban', target: `user:${ann.id}` }]);
  });

  test('bans for ever: an erasure does not lift it, and lifting it does', async () => {
    const durable = await openWithOperator(language);
    const { open, ann, operator } = durable;
    await ban(operator, ann, 'ever');
    ann.say('/forgetme');
    await ann.tap(withAction('privacy.forget_confirmed'));
    await ann.sees(seen.gone);
    await ann.tap(withAction('home'));
    await open.arena.idle();
    // The list is read again every few seconds, with the ban that came back with the user.
    await open.arena.services.bans.refresh();
    ann.say('/menu');
    await ann.sees(seen.forEver);
    expect(open.arena.services.bans.shutsOut(ann.id)).toBe(true);
    operator.say(`/admin find ${ann.id}`);
    await operator.tap(withAction('admin.unban'));
    ann.say('/start');
    await screenWith(ann, 'lobby.new');
    expect(await actionsIn(durable)).toEqual([
      { action: 'ban', target: 'user:erased' },
      { action: 'unban', target: `user:${ann.id}` },
    ]);
  });

  test('takes a player out of rated play alone, and the result says so', async () => {
    const { open, ann, bob, operator } = await openWithOperator(language);
    await ban(operator, ann, 'rated');
    // Below the message that says so.
    ann.say('/menu');
    await screenWith(ann, 'arena.join');
    await meet(ann, bob);
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    await Promise.all([ann.sees(seen.paused), bob.sees(seen.paused)]);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('drains the arena: no player can search or fight until the end of the drain', async () => {
    const { open, ann, bob, operator } = await openWithOperator(language);
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    operator.say('/admin drain on');
    await operator.sees(/drained/u);
    await ann.sees(seen.draining);
    await screenWith(ann, 'arena.join');
    await bob.tap(withAction('arena.join'));
    await bob.seesNotice(seen.draining);
    operator.say('/admin drain off');
    await screenWith(operator, 'admin.drain||on');
    await meet(ann, bob);
    await surrender(ann);
    await Promise.all([screenWith(ann, 'arena.join'), screenWith(bob, 'arena.join')]);
    expect(loggedProblems(open)).toEqual([]);
  });
});

test('an operator bans a player who searches and whose session is gone', async () => {
  const { open, repositories, ann, operator } = await openWithOperator('en');
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  const [character] = await repositories.characters.listOf(ann.id);
  await open.arena.services.accounts.deleteAccount(character?.character_id ?? 0);
  await ban(operator, ann, 'day');
  expect(await open.arena.services.figures()).toMatchObject({ waiting: [{ count: 0 }] });
  expect(loggedProblems(open)).toEqual([]);
});

test('an operator ends a battle as a draw, takes a rating back once, gives gold and writes', async () => {
  const durable = await openWithOperator('en');
  const { open, db, ann, bob, operator } = durable;
  await storeRated(durable);
  operator.say('/admin find @nobody');
  await operator.sees(/No such player/u);
  operator.say(`/admin find ${ann.id}`);
  await operator.sees(/🏅/u);
  await operator.tap(withAction('admin.battle'));
  await operator.sees(/page 1 of[^]*Screen of FighterB[^]*Screen of FighterC/u);
  await operator.tap(({ text }) => text === '▶️');
  await operator.sees(/page 2 of[^]*Screen of FighterB[^]*Screen of FighterC/u);
  await operator.tap(withAction('admin.void'));
  await operator.sees(/Both ratings are as without/u);
  await operator.tap(withAction('admin.void'));
  await operator.sees(/changes no rating/u);
  await operator.tap(withAction(/^admin\|/u));
  await operator.tap(withAction('admin.balance'));
  await operator.sees(/Balance: rated duels of 30 days[^]*No duels yet/u);
  expect(await db.$count(ladderStandings)).toBe(0);

  await meet(ann, bob);
  operator.say('/admin find Bob');
  await operator.tap(withAction('admin.draw'));
  await operator.sees(/ended as a draw/u);
  const byOperator = /An operator ended the battle[^]*Not rated: an operator/u;
  await Promise.all([ann.sees(byOperator), bob.sees(byOperator)]);
  const drawn = sql`select distinct unrated from battle_ratings where unrated <> 'void'`;
  expect(await db.execute(drawn)).toMatchObject({ rows: [{ unrated: 'operator' }] });
  await Promise.all([screenWith(ann, 'arena.join'), screenWith(bob, 'arena.join')]);

  await ask(operator, `admin.gold||${ann.id}`, '50 lost to a fault');
  await operator.sees(/Done/u);
  await ask(operator, `admin.gold||${ann.id}`, '-99999 too much');
  await operator.sees(/Anna has less/u);
  const paid = sql`select gold, reason from wallet_transactions where reason = 'operator'`;
  expect(await db.execute(paid)).toMatchObject({ rows: [{ gold: 50, reason: 'operator' }] });
  await ask(operator, `admin.message||${ann.id}`, 'Well fought');
  await operator.sees(/Sent/u);
  await ann.client.waitFor((chat) => chat.messages.some(({ text }) => /Well fought/u.test(text)));
  expect(await actionsIn(durable)).toMatchObject(
    ['void', 'draw', 'gold', 'message'].map((action) => ({ action })),
  );
  expect(loggedProblems(open)).toEqual([]);
}, 120_000);

test('an operator sends a broadcast after its preview', async () => {
  const { open, ann, operator } = await openWithOperator('en');
  const gets = (who: TestPlayer, typed: string) =>
    who.client.waitFor((chat) =>
      chat.messages.some(({ from, text }) => from === 'bot' && text === typed),
    );
  operator.say('/admin broadcast');
  await screenAsks(operator);
  operator.say('A new season begins');
  await gets(operator, 'A new season begins');
  await operator.tap(withAction('admin.broadcast_confirmed||all'));
  await operator.client.waitFor((chat) =>
    chat.messages.some(({ text }) => /on its way/u.test(text)),
  );
  await gets(ann, 'A new season begins');
  await expect
    .poll(async () => {
      open.clock.advance(1_000);
      operator.say('/admin');
      return (await operator.sees(/Broadcast 1/u)).text;
    })
    .toMatch(/Broadcast 1, done: sent 3, blocked 0, failed 0, left 0/u);
});
