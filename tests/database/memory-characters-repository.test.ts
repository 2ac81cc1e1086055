import { expect, test } from 'vitest';
import { InMemoryCharactersRepository } from '../../database/in-memory-characters-repository.ts';
import { describeCharacters } from '../support/characters-contract.ts';

describeCharacters(() => new InMemoryCharactersRepository());

test('the first id can be chosen', async () => {
  const repository = new InMemoryCharactersRepository({ firstId: 500 });
  const shell = { userId: 7, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
  expect(await repository.createShell(shell)).toMatchObject({ character: { character_id: 500 } });
});
