import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import type { Repositories } from '../../bot/repositories.ts';
import { ladderStandings } from '../../database/schema-ratings.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { silentLog } from '../support/silent-log.ts';

const ANN = 501;
const FOUGHT = new Date('2026-03-01T00:00:00Z');

describeOnEachDatabase('the ratings of an erased user', (database) => {
  let repositories: Repositories;
  beforeEach(() => {
    repositories = repositoriesOn(database().db, silentLog);
  });

  async function makeCharacter(name: string): Promise<number> {
    const { characters } = repositories;
    const shell = { userId: ANN, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
    const made = await characters.createShell(shell);
    if (made.kind !== 'created') throw new Error('no character');
    const { character_id: id } = made.character;
    await characters.setName(id, name);
    await characters.update(id, { archetype: 'warrior' });
    return id;
  }

  async function rate(charId: number, mu: number): Promise<void> {
    const counts = { battles: 4, opponents: 3, lifetime: 12, reached_at: FOUGHT, last_at: FOUGHT };
    const rating = { mu, sigma: 3, r: 1500, peak: 1600 };
    await database()
      .db.insert(ladderStandings)
      .values({
        season: 0,
        ladder: 'duel',
        character_id: charId,
        user_id: ANN,
        ...rating,
        ...counts,
      });
  }

  async function rated(names: readonly string[], mus: readonly number[]): Promise<number[]> {
    const ids: number[] = [];
    for (const [at, name] of names.entries()) {
      const id = await makeCharacter(name);
      const mu = mus[at];
      if (mu !== undefined) await rate(id, mu);
      ids.push(id);
    }
    return ids;
  }

  const ratingOf = (charId: number) => repositories.ratings.ratingOf(charId);
  const kept = async () => (await repositories.userData.read(ANN)).kept;

  test('are given to the characters that they create afterwards, best first, and each once', async () => {
    await rated(['Ann', 'Anna', 'Annabel'], [22, 28]);
    await repositories.userData.erase(ANN);
    const [first = 0, second = 0, third = 0] = await rated(['Ann', 'Anna', 'Annabel'], []);
    expect(await ratingOf(first)).toMatchObject({ mu: 28, sigma: 3, lifetime: 12 });
    expect(await ratingOf(second)).toMatchObject({ mu: 22, sigma: 3, lifetime: 12 });
    expect(await ratingOf(third)).toMatchObject({ mu: 25, sigma: 4.166667, lifetime: 0 });
    expect(await kept()).toEqual({});
  });

  test('come with the battles of the season; the count of opponents starts again', async () => {
    await rated(['Ann'], [28]);
    await repositories.userData.erase(ANN);
    const [charId = 0] = await rated(['Ann'], []);
    const isOwn = eq(ladderStandings.character_id, charId);
    expect(await database().db.select().from(ladderStandings).where(isOwn)).toMatchObject([
      { season: 0, user_id: ANN, r: 1590, peak: 1590, battles: 4, opponents: 1 },
    ]);
  });

  test('that were not given yet stay after a second erasure', async () => {
    await rated(['Ann', 'Anna'], [22, 28]);
    await repositories.userData.erase(ANN);
    await rated(['Ann'], []);
    expect((await kept()).ratings).toMatchObject([{ mu: 22 }]);
    await repositories.userData.erase(ANN);
    const [first = 0, second = 0] = await rated(['Ann', 'Anna'], []);
    expect([(await ratingOf(first)).mu, (await ratingOf(second)).mu]).toEqual([28, 22]);
  });

  test('of a deleted character are not kept', async () => {
    const [first = 0] = await rated(['Ann', 'Anna'], [28, 22]);
    await repositories.characters.delete(first);
    await repositories.userData.erase(ANN);
    const [now = 0] = await rated(['Ann'], []);
    expect((await ratingOf(now)).mu).toBe(22);
  });
});
