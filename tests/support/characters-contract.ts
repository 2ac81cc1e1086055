import { describe, expect, test } from 'vitest';
import { type Character, characterSchema } from '../../domains/account/character.ts';
import type {
  CharactersRepository,
  CreateReply,
} from '../../domains/account/characters-repository.ts';

const createdAt = '2026-01-01T00:00:00.000Z';

type Shell = Parameters<CharactersRepository['createShell']>[0];

/** Tests that every CharactersRepository must pass; `open` answers an empty one. */
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
  test('createShell answers a character without name, gender and archetype', async () => {
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

  test('ten calls of createShell at once create one character for each user', async () => {
    const repository = open();
    const [own, others] = await Promise.all([tryTen(repository, 7), tryTen(repository, 8)]);
    for (const [userId, replies] of [[7, own] as const, [8, others] as const]) {
      const [character] = await repository.listOf(userId);
      const counted = replies.map(({ kind }) => kind).toSorted();
      expect(counted).toEqual(['created', ...Array<string>(9).fill('unfinished')]);
      expect(replies).toEqual(replies.map(({ kind }) => ({ kind, character })));
    }
    expect(await repository.listOf(7)).not.toEqual(await repository.listOf(8));
  });

  test.each([
    ['a name', (repository: CharactersRepository, id: number) => repository.setName(id, 'Bobby')],
    [
      'an archetype',
      (repository: CharactersRepository, id: number) =>
        repository.update(id, { archetype: 'mystic' }),
    ],
  ])('a character with only %s is unfinished', async (_what, change) => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    await change(repository, id);
    const character = await repository.find(id);
    const reply = await repository.createShell({ userId: 7, createdAt, limit: 4 });
    expect(reply).toEqual({ kind: 'unfinished', character });
  });

  test('createShell answers full at the limit of finished characters, and creates again after a deletion', async () => {
    const repository = open();
    const shell = { userId: 7, createdAt, limit: 2 };
    const first = await madeBy(repository, shell);
    await finish(repository, first);
    const second = await madeBy(repository, shell);
    const unfinished = { kind: 'unfinished', character: second };
    expect(await repository.createShell(shell)).toEqual(unfinished);
    await finish(repository, second);
    expect(await repository.createShell(shell)).toEqual({ kind: 'full' });
    await repository.delete(first.character_id);
    expect((await repository.createShell(shell)).kind).toBe('created');
  });

  test('ids are never reused', async () => {
    const repository = open();
    const [first] = await shells(repository, 1);
    await repository.delete(first.character_id);
    const [second] = await shells(repository, 1);
    expect(second.character_id).toBeGreaterThan(first.character_id);
  });

  test('reserveNumbers gives the next character a number above, and never a lower one later', async () => {
    const repository = open();
    const [first] = await shells(repository, 1);
    const highest = first.character_id;
    expect(await repository.reserveNumbers(highest)).toBe(highest);
    expect(await repository.reserveNumbers(highest + 1_000)).toBe(highest);
    expect(await repository.reserveNumbers(highest + 10)).toBe(highest);
    const { character_id: next } = await madeBy(repository, { userId: 8, createdAt, limit: 4 });
    expect(next).toBe(highest + 1_001);
    expect(await repository.reserveNumbers(0)).toBe(next);
  });
}

function nameTests(open: () => CharactersRepository): void {
  test('one of two characters gets a name that both set at once', async () => {
    const repository = open();
    const [one, other] = await shells(repository, 2);
    const replies = await Promise.all([
      repository.setName(one.character_id, 'Bobby'),
      repository.setName(other.character_id, 'BOBBY'),
    ]);
    expect(replies.toSorted()).toEqual(['named', 'taken']);
    const found = await Promise.all(
      [one, other].map(({ character_id: id }) => repository.find(id)),
    );
    expect(found.filter((shell) => shell?.name === null)).toHaveLength(1);
  });

  test('setName changes the spelling of the own name', async () => {
    const repository = open();
    const [{ character_id: id }] = await shells(repository, 1);
    await repository.setName(id, 'bobby');
    expect(await repository.setName(id, 'Bobby')).toBe('named');
    expect((await repository.find(id))?.name).toBe('Bobby');
  });

  test.each([
    ['renamed', (repository: CharactersRepository, id: number) => repository.setName(id, 'Robert')],
    ['deleted', (repository: CharactersRepository, id: number) => repository.delete(id)],
  ])('the name of a %s character becomes free', async (_what, leave) => {
    const repository = open();
    const [one, other] = await shells(repository, 2);
    await repository.setName(one.character_id, 'Bobby');
    await leave(repository, one.character_id);
    expect(await repository.setName(other.character_id, 'Bobby')).toBe('named');
  });

  test('setName keeps the old name when the new one is taken', async () => {
    const repository = open();
    const [one, other, third] = await shells(repository, 3);
    await repository.setName(one.character_id, 'Bobby');
    await repository.setName(other.character_id, 'Anna');
    expect(await repository.setName(other.character_id, 'Bobby')).toBe('taken');
    expect((await repository.find(other.character_id))?.name).toBe('Anna');
    expect(await repository.setName(third.character_id, 'anna')).toBe('taken');
  });

  test('isNameFree is false for a name and its look-alikes until the character is deleted', async () => {
    const repository = open();
    const [one] = await shells(repository, 1);
    expect(await repository.isNameFree('Bobby')).toBe(true);
    await repository.setName(one.character_id, 'Bobby');
    expect(
      await Promise.all(['Bobby', 'BОBBY', 'Anna'].map((name) => repository.isNameFree(name))),
    ).toEqual([false, false, true]);
    await repository.delete(one.character_id);
    expect(await repository.isNameFree('Bobby')).toBe(true);
  });

  test('setName answers missing for an unknown character and takes no name', async () => {
    const repository = open();
    expect(await repository.setName(9_999, 'Bobby')).toBe('missing');
    const [shell] = await shells(repository, 1);
    expect(await repository.setName(shell.character_id, 'Bobby')).toBe('named');
  });
}

function changeTests(open: () => CharactersRepository): void {
  test('answers are copies', async () => {
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

  test('update changes only the given fields', async () => {
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

  test('a deleted character is missing, and a change does not restore it', async () => {
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

/** Creates up to three characters, of users 7, 8 and 9; the last is repeated in place of missing ones. */
async function shells(
  repository: CharactersRepository,
  count: number,
): Promise<[Character, Character, Character]> {
  const made: Character[] = [];
  for (const userId of [7, 8, 9].slice(0, count)) {
    made.push(await madeBy(repository, { userId, createdAt, limit: 4 }));
  }
  const [one = null, other = one, third = other] = made;
  if (one === null || other === null || third === null) throw new Error('no character created');
  return [one, other, third];
}

async function madeBy(repository: CharactersRepository, shell: Shell): Promise<Character> {
  const reply = await repository.createShell(shell);
  if (reply.kind !== 'created') throw new Error('no character created');
  return reply.character;
}

async function finish(repository: CharactersRepository, made: Character): Promise<void> {
  await repository.setName(made.character_id, `Hero ${made.character_id}`);
  await repository.update(made.character_id, { archetype: 'mystic' });
}

function tryTen(repository: CharactersRepository, userId: number): Promise<CreateReply[]> {
  const shell = { userId, createdAt, limit: 4 };
  return Promise.all(Array.from({ length: 10 }, () => repository.createShell(shell)));
}
