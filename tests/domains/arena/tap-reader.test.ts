import { expect, test } from 'vitest';
import type { ActiveCharacter } from '../../../domains/account/hot-user-store.ts';
import type { TapReads } from '../../../domains/core/feature.ts';
import { TapReader } from '../../../domains/arena/tap-reader.ts';

const ME = 7;
const reads = new Map<string, TapReads>([
  ['home', 'place'],
  ['arena.menu', 'place'],
  ['arena.check', 'account'],
  ['battle.look', 'battle'],
  ['battle.strike', 'known_battle'],
]);

/** A reader with recorded reads, and a player whose character the test changes. */
function openReader() {
  const player: { character: ActiveCharacter } = { character: 1 };
  const asked: string[] = [];
  const note = <T>(question: string, reply: T): Promise<T> => {
    asked.push(question);
    return Promise.resolve(reply);
  };
  const reader = new TapReader({
    features: { readsOf: ({ action }) => reads.get(action) ?? null },
    players: { getUser: () => note('player', { language: 'en', character: player.character }) },
    combat: {
      find: (id) => note(`battle ${id}`, null),
      findKnown: (id) => note(`known battle ${id}`, null),
    },
    accounts: { getFullAccount: (id) => note(`account ${id}`, null) },
    sessions: { getQueueStatus: (id) => note(`place ${id}`, { kind: 'nowhere' }) },
  });
  const read = async (action: Parameters<TapReader['read']>[1]) => {
    asked.length = 0;
    const known = reader.read(ME, action);
    const together = asked.join(', ');
    await known.player;
    return together;
  };
  return { player, read };
}

test('the first tap of a user reads the player, the next one also the remembered character', async () => {
  const { read } = openReader();
  expect(await read({ action: 'arena.menu' })).toBe('player');
  expect(await read({ action: 'arena.menu' })).toBe('account 1, place 1, player');
  expect(await read({ action: 'arena.check', mode: '1v1' })).toBe('account 1, player');
});

test('a tap in a battle reads the battle of its button and no session', async () => {
  const { read } = openReader();
  await read({ action: 'home' });
  const look = { action: 'battle.look', value: { battleId: 'abcdefghijkl' } } as const;
  expect(await read(look)).toBe('player, battle abcdefghijkl');
  const value = { battleId: 'abcdefghijkl', turn: 1, zone: 'head' } as const;
  expect(await read({ action: 'battle.strike', value })).toBe('player, known battle abcdefghijkl');
});

test('a tap that changes the played character does not read the previous one', async () => {
  const { read } = openReader();
  await read({ action: 'home' });
  expect(await read({ action: 'lobby.enter', value: 2 })).toBe('player');
});

test('the remembered character follows the one that the user plays', async () => {
  const { player, read } = openReader();
  await read({ action: 'home' });
  player.character = 2;
  expect(await read({ action: 'home' })).toBe('account 1, place 1, player');
  expect(await read({ action: 'home' })).toBe('account 2, place 2, player');
  player.character = 'none';
  await read({ action: 'home' });
  expect(await read({ action: 'home' })).toBe('player');
});
