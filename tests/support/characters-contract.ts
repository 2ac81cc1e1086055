import { describe, expect, test } from 'vitest';
import { type Character, characterSchema } from '../../domains/account/character.ts';
import type { CharactersRepository } from '../../domains/account/characters-repository.ts';

const createdAt = '2026-01-01T00:00:00.000Z';

/** What every repository of characters does. `open` answers an empty one. */
export function describeCharacters(open: () => CharactersRepository): void {
  describe('shells', () => {
    shellTests(open);
  });
  describe('names', () => {
    nameTests(open);
  });
  describe('changes', () => {
    changeTests(open);
  });
}

function shellTests(open: () => CharactersRepository): void {
  test('a shell is a character of its user that knows nothing of itself yet', async () => {
    const [shell] = await shells(open(), 1);
    expect(characterSchema.parse(shell)).toEqual({
      character_id: shell.character_id,
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
    const repository = open();
    const [own, others] = await Promise.all([
      tryShells(repository, { count: 10, userId: 7 }),
      tryShells(repository, { count: 2, userId: 8 }),
    ]);
    expect(own).toHaveLength(4);
    expect(others).toHaveLength(2);
    expect(await repository.listOf(7)).toEqual(own.toSorted(byId));
    expect(new Set([...own, ...others].map((one) => one.character_id)).size).toBe(6);
  });

  test('a lower limit holds too, and a deleted character makes room for another', async () => {
    const repository = open();
    const [first] = await shells(repository, 2);
    const shell = { userId: 7, createdAt, limit: 2 };
    expect(await repository.createShell(shell)).toEqual({ kind: 'full' });
    await repository.delete(first.character_id);
    expect((await repository.createShell(shell)).kind).toBe('created');
  });

  test('an id is never given twice', async () => {
    const repository = open();
    const [first] = await shells(repository, 1);
    await repository.delete(first.character_id);
    const [second] = await shells(repository, 1);
    expect(second.character_id).toBeGreaterThan(first.character_id);
  });
}

function nameTests(open: () => CharactersRepository): void {
  test('of two who want the same name at once, one gets it', async () => {
    const repository = open();
    const both = await shells(repository, 2);
    const replies = await Promise.all([
      repository.setName(both[0].character_id, 'Bobby'),
      repository.setName(both[1].character_id, 'BOBBY'),
    ]);
    expect(replies.toSorted()).toEqual(['named', 'taken']);
    const names = (await repository.listOf(7)).map(({ name }) => name);
    expect(names.filter((name) => name === null)).toHaveLength(1);
  });

  test('a character may write its own name in another way', async () => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    await repository.setName(id, 'bobby');
    expect(await repository.setName(id, 'Bobby')).toBe('named');
    expect((await repository.find(id))?.name).toBe('Bobby');
  });

  test.each([
    ['renamed', (repository: CharactersRepository, id: number) => repository.setName(id, 'Robert')],
    ['deleted', (repository: CharactersRepository, id: number) => repository.delete(id)],
  ])('the name of a %s character is free again', async (_what, leave) => {
    const repository = open();
    const [one, other] = await shells(repository, 2);
    await repository.setName(one.character_id, 'Bobby');
    await leave(repository, one.character_id);
    expect(await repository.setName(other.character_id, 'Bobby')).toBe('named');
  });

  test('a character that is refused a name keeps the one it had', async () => {
    const repository = open();
    const [one, other, third] = await shells(repository, 3);
    await repository.setName(one.character_id, 'Bobby');
    await repository.setName(other.character_id, 'Anna');
    expect(await repository.setName(other.character_id, 'Bobby')).toBe('taken');
    expect((await repository.find(other.character_id))?.name).toBe('Anna');
    expect(await repository.setName(third.character_id, 'anna')).toBe('taken');
  });

  test('nobody who does not exist is named', async () => {
    const repository = open();
    expect(await repository.setName(9_999, 'Bobby')).toBe('missing');
    const [shell] = await shells(repository, 1);
    expect(await repository.setName(shell.character_id, 'Bobby')).toBe('named');
  });
}

function changeTests(open: () => CharactersRepository): void {
  test('what is handed out is a copy', async () => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    const vital = { cur: 10, max: 20 };
    const vitals = { hp: vital, mp: { cur: 1, max: 2 }, stamina: { cur: 3, max: 4 } };
    await repository.update(id, { vitals_snapshot: vitals });
    vital.cur = 0;
    const found = await repository.find(id);
    if (found?.vitals_snapshot != null) found.vitals_snapshot.hp.cur = 99;
    expect((await repository.listOf(7))[0]?.vitals_snapshot?.hp.cur).toBe(10);
  });

  test('a change changes what it names and nothing else', async () => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    await repository.setName(id, 'Bobby');
    await repository.update(id, { gender: 'male', archetype: 'duelist', skills: { feint: 2 } });
    await repository.update(id, { location_id: 'dark_forest' });
    expect(await repository.update(id, {})).toBe(true);
    expect(await repository.find(id)).toMatchObject({
      name: 'Bobby',
      gender: 'male',
      archetype: 'duelist',
      location_id: 'dark_forest',
      skills: { feint: 2 },
    });
  });

  test('a deleted character is gone, and changing it brings nothing back', async () => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    expect(await repository.delete(id)).toBe(true);
    expect(await repository.delete(id)).toBe(false);
    expect(await repository.update(id, { gender: 'male' })).toBe(false);
    expect(await repository.setName(id, 'Bobby')).toBe('missing');
    expect(await repository.find(id)).toBeNull();
    expect(await repository.listOf(7)).toEqual([]);
  });
}

/** So many characters of a user, made one after the other; the last again where there are fewer. */
async function shells(
  repository: CharactersRepository,
  count: number,
): Promise<[Character, Character, Character]> {
  const [one = null, other = one, third = other] = await oneByOne(repository, count);
  if (one === null || other === null || third === null) throw new Error('No character was made');
  return [one, other, third];
}

async function oneByOne(repository: CharactersRepository, count: number): Promise<Character[]> {
  const made: Character[] = [];
  for (let n = 0; n < count; n += 1) {
    made.push(...(await tryShells(repository, { count: 1, userId: 7 })));
  }
  return made;
}

async function tryShells(
  repository: CharactersRepository,
  { count, userId }: { readonly count: number; readonly userId: number },
): Promise<Character[]> {
  const replies = await Promise.all(
    Array.from({ length: count }, () => repository.createShell({ userId, createdAt, limit: 4 })),
  );
  return replies.flatMap((reply) => (reply.kind === 'created' ? [reply.character] : []));
}

function byId(one: Character, other: Character): number {
  return one.character_id - other.character_id;
}
