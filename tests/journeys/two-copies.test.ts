import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { type OpenArena, openArena, loggedProblems } from '../support/open-arena.ts';

/** Ann's menu twice, because its first send got no response; their ids, the older first. */
async function openWithTwoMenus() {
  const open = await openArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await open.arena.idle();
  const { messageId: old = 0 } = ann.client.lastScreen() ?? {};
  const lost = { method: 'sendMessage', kind: 'reset', when: 'after', chatId: ann.id } as const;
  open.sandbox.faults.add(lost);
  ann.say('/menu');
  const ids = () => idsIn(ann).filter((id) => id > old);
  await ann.client.waitFor(() => ids().length >= 2);
  await open.arena.idle();
  const [older = 0, newer = 0] = ids();
  return { open, ann, older, newer };
}

function idsIn(who: TestPlayer): number[] {
  const messages = who.client.chat().messages.filter((one) => one.from === 'bot');
  return messages.map((one) => one.messageId);
}

async function tapOn(
  { open, ann }: { readonly open: OpenArena; readonly ann: TestPlayer },
  messageId: number,
) {
  await ann.client.tap(withAction('character'), { messageId }).answered();
  await screenWith(ann, 'home');
  await open.arena.idle();
}

test('a tap on the older of two copies of a screen keeps only that one', async () => {
  const { open, ann, older } = await openWithTwoMenus();
  await tapOn({ open, ann }, older);
  expect(idsIn(ann)).toEqual([older]);
  expect(loggedProblems(open)).toEqual([]);
});

test('taps on both copies of a screen, the newer one first, leave one screen', async () => {
  const { open, ann, older, newer } = await openWithTwoMenus();
  await tapOn({ open, ann }, newer);
  expect(ann.client.lastScreen()?.messageId).toBe(newer);
  await ann.client.tap(withAction('character'), { messageId: older }).answered();
  await ann.client.waitFor(() => !idsIn(ann).includes(older));
  await screenWith(ann, 'home');
  expect(loggedProblems(open)).toEqual([]);
});
