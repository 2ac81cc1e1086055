import { describe, expect, test } from 'vitest';
import { InMemoryCharactersRepository } from '../../database/in-memory-characters-repository.ts';
import { characterSchema } from '../../domains/account/character.ts';

const createdAt = '2026-01-01T00:00:00.000Z';

async function shells(repository: InMemoryCharactersRepository, count: number, userId = 7) {
  const replies = await Promise.all(
    Array.from({ length: count }, () => repository.createShell({ userId, createdAt, limit: 4 })),
  );
  return replies.flatMap((reply) => (reply.kind === 'created' ? [reply.character] : []));
}

describe('shells', () => {
  test('a shell is a character of its user that knows nothing of itself yet', async () => {
    const [shell] = await shells(new InMemoryCharactersRepository(), 1);
    expect(characterSchema.parse(shell)).toEqual({
      character_id: 1,
      user_id: 7,
      name: null,
      gender: null,
      archetype: null,
      location_id: 'start_village',
      vitals_snapshot: null,
      created_at: createdAt,
    });
  });

  test('of ten at once a user gets four, and another user his own', async () => {
    const repository = new InMemoryCharactersRepository();
    const [own, others] = await Promise.all([shells(repository, 10), shells(repository, 2, 8)]);
    expect(own).toHaveLength(4);
    expect(others).toHaveLength(2);
    expect(await repository.listOf(7)).toEqual(own);
    expect(new Set([...own, ...others].map((one) => one.character_id)).size).toBe(6);
  });

  test('an id is never given twice, and the first one can be chosen', async () => {
    const repository = new InMemoryCharactersRepository({ firstId: 500 });
    const [first] = await shells(repository, 1);
    await repository.delete(first?.character_id ?? 0);
    const [second] = await shells(repository, 1);
    expect([first?.character_id, second?.character_id]).toEqual([500, 501]);
  });
});

describe('names', () => {
  test('of two who want the same name at once, one gets it', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 2);
    const replies = await Promise.all([
      repository.setName(1, 'Bobby'),
      repository.setName(2, 'BOBBY'),
    ]);
    expect(replies).toEqual(['named', 'taken']);
    expect((await repository.find(2))?.name).toBeNull();
  });

  test('a character may write its own name in another way', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 1);
    await repository.setName(1, 'bobby');
    expect(await repository.setName(1, 'Bobby')).toBe('named');
    expect((await repository.find(1))?.name).toBe('Bobby');
  });

  test.each([
    ['renamed', (repository: InMemoryCharactersRepository) => repository.setName(1, 'Robert')],
    ['deleted', (repository: InMemoryCharactersRepository) => repository.delete(1)],
  ])('the name of a %s character is free again', async (_what, leave) => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 2);
    await repository.setName(1, 'Bobby');
    await leave(repository);
    expect(await repository.setName(2, 'Bobby')).toBe('named');
  });

  test('a character that is refused a name keeps the one it had', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 3);
    await repository.setName(1, 'Bobby');
    await repository.setName(2, 'Anna');
    expect(await repository.setName(2, 'Bobby')).toBe('taken');
    expect((await repository.find(2))?.name).toBe('Anna');
    expect(await repository.setName(3, 'anna')).toBe('taken');
  });

  test('nobody who does not exist is named', async () => {
    const repository = new InMemoryCharactersRepository();
    expect(await repository.setName(9, 'Bobby')).toBe('missing');
    await shells(repository, 1);
    expect(await repository.setName(1, 'Bobby')).toBe('named');
  });
});

describe('characters', () => {
  test('what is handed out is a copy', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 1);
    const vital = { cur: 10, max: 20 };
    const vitals = { hp: vital, mp: { cur: 1, max: 2 }, stamina: { cur: 3, max: 4 } };
    await repository.update(1, { vitals_snapshot: vitals });
    vital.cur = 0;
    const found = await repository.find(1);
    if (found?.vitals_snapshot != null) found.vitals_snapshot.hp.cur = 99;
    expect((await repository.listOf(7))[0]?.vitals_snapshot?.hp.cur).toBe(10);
  });

  test('a change changes what it names and nothing else', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 1);
    await repository.setName(1, 'Bobby');
    await repository.update(1, { gender: 'male', archetype: 'duelist' });
    await repository.update(1, { location_id: 'dark_forest' });
    expect(await repository.find(1)).toMatchObject({
      name: 'Bobby',
      gender: 'male',
      archetype: 'duelist',
      location_id: 'dark_forest',
    });
  });

  test('a deleted character is gone, and changing it brings nothing back', async () => {
    const repository = new InMemoryCharactersRepository();
    await shells(repository, 1);
    expect(await repository.delete(1)).toBe(true);
    expect(await repository.delete(1)).toBe(false);
    await repository.update(1, { gender: 'male' });
    expect(await repository.find(1)).toBeNull();
    expect(await repository.listOf(7)).toEqual([]);
  });
});
