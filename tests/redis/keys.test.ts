import { describe, expect, test } from 'vitest';
import { keys, keyTable } from '../../redis/keys.ts';

const examples: Record<keyof typeof keyTable, string> = {
  account: keys.account(42),
  lobby: keys.lobby(7),
  player: keys.player(7),
  inventory: keys.inventory('k3j9abcdef01'),
  memo: keys.memo('screen', '7'),
  chatScreen: keys.chatScreen(7),
  chatLock: keys.chatLock(7),
  queue: keys.queue('1v1'),
  since: keys.since('1v1'),
  request: keys.request(42),
  seat: keys.seat(42),
  sides: keys.sides('m1'),
  lastOpponent: keys.lastOpponent(42),
  blocked: keys.blocked(42),
  searches: keys.searches('1v1'),
  expired: keys.expired(),
  match: keys.match('m1'),
  matches: keys.matches(),
  battle: keys.battle('m1'),
  deadlines: keys.deadlines(),
  timerHeartbeat: keys.timerHeartbeat(),
  updateHeartbeat: keys.updateHeartbeat(),
  drain: keys.drain(),
  botId: keys.botId(),
  list: keys.list('3', 'all'),
  listNames: keys.listNames('3'),
  listsMade: keys.listsMade(),
  characterNumber: keys.characterNumber(),
  dirty: keys.dirty('session'),
  leased: keys.leased('session'),
  seen: keys.seen(),
};

/** Keys whose names are part of the specification. */
test.each([
  [examples.account, 'ac:42'],
  [examples.lobby, 'lobby:user:7'],
  [examples.inventory, 'inv:k3j9abcdef01'],
  [examples.queue, '{arena}:queue:1v1'],
  [examples.request, '{arena}:request:42'],
  [examples.match, '{arena}:match:m1'],
  [examples.battle, '{combat:m1}:battle'],
])('%s is %s', (built, expected) => {
  expect(built).toBe(expected);
});

describe.each(Object.entries(keyTable))('%s', (name, { pattern }) => {
  test(`matches its pattern ${pattern}`, () => {
    const literal = pattern.replace(/[{}]/g, '\\$&').replace(/<\w+>/g, '[\\w-]+');
    expect(examples[name as keyof typeof keyTable]).toMatch(new RegExp(`^${literal}$`));
  });
});

test('each row builds a different key', () => {
  expect(new Set(Object.values(examples)).size).toBe(Object.keys(keyTable).length);
});

test('arena keys, write-behind keys and the keys of a battle each share a hash slot', () => {
  const arena = Object.values(examples).filter((key) => key.includes('arena'));
  expect(new Set(arena.map(hashTagOf))).toEqual(new Set(['arena']));
  const { dirty, leased, seen } = examples;
  expect(new Set([dirty, leased, seen].map(hashTagOf))).toEqual(
    new Set([hashTagOf(keyTable.seen.pattern)]),
  );
  expect(hashTagOf(examples.battle)).toBe('combat:m1');
});

function hashTagOf(key: string): string | null {
  return /\{(.+?)\}/.exec(key)?.[1] ?? null;
}
