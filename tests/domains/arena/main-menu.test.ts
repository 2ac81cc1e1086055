import { expect, test } from 'vitest';
import { mainMenuScreen } from '../../../domains/arena/arena-screens.ts';
import { accountContext } from '../../support/account-context.ts';

const actionsOf = (menu: ReturnType<typeof mainMenuScreen>) =>
  menu.buttons.flat().map(({ action }) => action);

test('with one mode the menu leads straight to its queue', () => {
  const menu = mainMenuScreen(accountContext());
  expect(menu.buttons[0]).toMatchObject([{ action: 'arena.join', mode: '1v1', style: 'success' }]);
  expect(actionsOf(menu)).not.toContain('arena.mode');
});

test('with two modes the menu leads to the menu of each', () => {
  const actions = actionsOf(mainMenuScreen(accountContext(), ['1v1', '1v1']));
  expect(actions.slice(0, 5)).toEqual([
    ...['arena.mode', 'arena.training', 'arena.mode', 'arena.training', 'character'],
  ]);
  expect(actions).not.toContain('arena.join');
});

test('the menu of a wounded character says that the healer comes', () => {
  const stats = { ...accountContext().stats, hp: { cur: 1, max: 100 } };
  const lines = mainMenuScreen(accountContext({ stats })).body.map((line) => line?.key);
  expect(lines).toContain('arena.menu.wounded');
  expect(mainMenuScreen(accountContext()).body.at(-1)).toMatchObject({
    key: 'arena.menu.body',
    args: { gender: { select: 'male' } },
  });
});
