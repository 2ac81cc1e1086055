import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { walletTransactions } from '../../database/schema-journeys.ts';
import { makeCharacter, screenWith, withAction } from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { openWithOperator } from '../support/open-with-operator.ts';

/** Ann plays Cleo, their second character; the first one is Anna. */
async function openWithTwo() {
  const durable = await openWithOperator('en');
  const { ann } = durable;
  await ann.tap(withAction('lobby'));
  await ann.sees(/Anna/u);
  await makeCharacter(ann, { name: 'Cleo' });
  await durable.open.arena.idle();
  return durable;
}

async function askForGold(operator: TestPlayer, player: TestPlayer): Promise<void> {
  operator.say(`/admin find ${player.id}`);
  await operator.tap(withAction(`admin.gold||${player.id}`));
}

test('gold by an operator goes to the character that the player plays, which question and notice name', async () => {
  const { open, db, repositories, ann, operator } = await openWithTwo();
  await askForGold(operator, ann);
  await operator.sees(/Gold for Cleo \(\d+\)\. Amount/u);
  operator.say('50 lost to a fault');
  await operator.sees(/Done: Cleo\./u);
  const cleo = (await repositories.characters.listOf(ann.id)).find(({ name }) => name === 'Cleo');
  const { character_id, gold, reason } = walletTransactions;
  const paid = await db.select({ character_id, gold, reason }).from(walletTransactions);
  expect(paid.filter((one) => one.reason === 'operator')).toEqual([
    { character_id: cleo?.character_id, gold: 50, reason: 'operator' },
  ]);
  await askForGold(operator, ann);
  await operator.sees(/Gold for Cleo/u);
  operator.say('-99999 too much');
  await operator.sees(/Cleo has less/u);
  expect(loggedProblems(open)).toEqual([]);
});

test('gold goes to the character that the question named, although the player plays another one now', async () => {
  const { open, db, repositories, ann, operator } = await openWithTwo();
  await askForGold(operator, ann);
  await operator.sees(/Gold for Cleo/u);
  await ann.tap(withAction('lobby'));
  await ann.tap(({ text }) => text.includes('Anna'));
  await screenWith(ann, 'arena.join');
  await open.arena.idle();
  operator.say('50 lost to a fault');
  await operator.sees(/Done: Cleo\./u);
  const cleo = (await repositories.characters.listOf(ann.id)).find(({ name }) => name === 'Cleo');
  const { character_id, reason } = walletTransactions;
  const paid = await db.select({ character_id, reason }).from(walletTransactions);
  expect(paid).toContainEqual({ character_id: cleo?.character_id, reason: 'operator' });
});

test('gold for a player without a character is refused before an amount is asked for', async () => {
  const { open, repositories, ann, operator } = await openWithOperator('en');
  const [character] = await repositories.characters.listOf(ann.id);
  await open.arena.services.accounts.deleteAccount(character?.character_id ?? 0);
  await repositories.characters.delete(character?.character_id ?? 0);
  await askForGold(operator, ann);
  await operator.sees(/They have no character/u);
  expect(loggedProblems(open)).toEqual([]);
});
