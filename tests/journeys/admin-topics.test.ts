import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { flags } from '../../database/schema-fair-play.ts';
import { screenWith, search, withAction } from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { actionsIn, openWithOperator } from '../support/open-with-operator.ts';

async function operatorTypes(operator: TestPlayer, typed: string): Promise<void> {
  operator.say(typed);
  await screenWith(operator, 'admin.drain');
}

test('an operator reads how many searches have expired', async () => {
  const { open, ann, operator } = await openWithOperator('en');
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  open.clock.advance(300_001);
  await screenWith(ann, 'arena.join');
  operator.say('/admin');
  await operator.sees(/Hour: .*expired searches 1\nDay: .*expired searches 1/u);
  expect(loggedProblems(open)).toEqual([]);
});

test('an operator reads the flags of a player and marks one as reviewed', async () => {
  const durable = await openWithOperator('en');
  const { open, db, ann, bob, operator } = durable;
  await db.insert(flags).values({
    kind: 'alternating_wins',
    user_id: ann.id,
    other_user_id: bob.id,
    evidence: { battles: 12, changes: 11 },
  });
  operator.say(`/admin find ${bob.id}`);
  const reason = /Ann \(\d+\) – Bob \(\d+\): wins by turns \(12 battles, 11 changes\)/u;
  await operator.sees(reason);
  await operator.tap(withAction(/^admin\|/u));
  await operator.tap('🚩 To review (1)');
  await operator.sees(reason);
  await operator.tap(withAction('admin.flag_close'));
  await operator.sees(/Marked as reviewed[^]*To review: 0[^]*Nothing to review/u);
  operator.say(`/admin find ${ann.id}`);
  await operator.sees(/🏳️ Reviewed: Ann/u);
  expect(await actionsIn(durable)).toMatchObject([{ action: 'review' }]);
  expect(loggedProblems(open)).toEqual([]);
});

test('an operator announces something: each player reads it once in their language, until its early end', async () => {
  const durable = await openWithOperator('en');
  const { open, ann, bob, operator } = durable;
  ann.say('/language');
  await ann.tap(withAction('language.set||ru'));
  await operatorTypes(operator, '/admin');
  await operator.tap('📌 Announce');
  await operator.sees(/Type the announcement: .*Русский/u);
  operator.say('Д'.repeat(301));
  await operator.sees(/From 1 to 300 characters[^]*Русский/u);
  operator.say('Новые правила');
  await operator.sees(/Type the announcement: .*English/u);
  operator.say('New <rules>');
  await operator.sees(/Announce this\?[^]*Новые правила[^]*New <rules>/u);
  await operator.tap('3 days');
  await operator.sees(/Announced\.[^]*read by 0/u);
  const menuOf = async (who: TestPlayer) => {
    const before = who.client.lastScreen()?.messageId ?? 0;
    who.say('/start');
    return who.client.waitFor((chat) => {
      const last = chat.messages.at(-1);
      const isMenu = last?.buttons.flat().some(withAction('arena.join')) === true;
      return isMenu && last.messageId > before && last.text;
    });
  };
  expect(await menuOf(ann)).toMatch(/^📌 От операторов: Новые правила|📌[^]*Новые правила/u);
  expect(await menuOf(ann)).not.toMatch(/📌/u);
  await operatorTypes(operator, '/admin');
  await operator.sees(/read by 1/u);
  await operator.tap('✖️ End the announcement');
  await operator.sees(/The announcement is over/u);
  expect(await menuOf(bob)).not.toMatch(/📌/u);
  expect(await actionsIn(durable)).toMatchObject([
    { action: 'announce' },
    { action: 'announce_end' },
  ]);
  expect(loggedProblems(open)).toEqual([]);
});
