import { expect, test } from 'vitest';
import { makeCharacter } from '../support/duel-steps.ts';
import { openArena } from '../support/open-arena.ts';

test('an update that is delivered twice is answered once', async () => {
  const open = await openArena();
  const { sandbox } = open;
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  sandbox.calls.clear();
  sandbox.doubleNextUpdates(1);
  const ids: string[] = [];
  // One after the other: by the second answer the first tap has come twice.
  for (const data of ['help|', 'language|']) {
    const tap = ann.client.tap(data, { force: true });
    await tap.answered();
    ids.push(tap.callbackQueryId);
  }
  const answers = sandbox.calls.list('answerCallbackQuery').map((call) => call.parameters);
  expect(answers.map((one) => one['callback_query_id'])).toEqual(ids);
});
