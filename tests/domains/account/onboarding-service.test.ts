import { describe, expect, test, vi } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { gearScore } from '../../../domains/account/gear-score.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import {
  type AccountServices,
  accountServices,
  enterNewShell,
  finishedCharacter,
} from '../../support/account-services.ts';

const ME = 7;
const OTHER = 8;

async function stepAt(services: AccountServices, charId: number): Promise<string> {
  const reply = await services.onboarding.initialize(charId);
  return reply.kind === 'done' ? reply.step : 'finished';
}

/** Gives answers such as `name=Bobby gender=male archetype=mystic confirm`; returns the steps reached. */
async function walk(services: AccountServices, charId: number, line: string): Promise<string> {
  const reached: string[] = [];
  for (const answer of line.split(' ')) {
    await answerOf(services, charId, answer);
    reached.push(await stepAt(services, charId));
  }
  return reached.join(' ');
}

function answerOf(services: AccountServices, charId: number, answer: string) {
  const { onboarding } = services;
  const [what, value = ''] = answer.split('=');
  if (what === 'name') return onboarding.setName(charId, value);
  if (what === 'gender') return onboarding.setGender(charId, value === 'male' ? 'male' : 'female');
  const archetype = archetypes.find((one) => one === value);
  if (archetype !== undefined) return onboarding.setArchetype(charId, archetype);
  return onboarding.finalize(charId);
}

describe('onboarding steps', () => {
  test.each([
    ['the name leads to the gender', 'name=Bobby', 'gender'],
    [
      'name, gender and archetype lead to the confirmation',
      'name=Bobby gender=male archetype=mystic',
      'gender archetype confirm',
    ],
    [
      'the confirmation finishes onboarding',
      'name=Bobby gender=male archetype=mystic confirm',
      'gender archetype confirm finished',
    ],
    ['a refused name stays at the name', 'name=B name=Bobby', 'name gender'],
    [
      'the same answer twice is one step',
      'name=Bobby gender=male gender=male',
      'gender archetype archetype',
    ],
    ['confirm before all answers changes nothing', 'name=Bobby confirm', 'gender gender'],
    [
      'answers may come in any order',
      'archetype=mystic gender=male name=Bobby',
      'name name confirm',
    ],
    [
      'going back changes the answer and nothing else',
      'name=Bobby gender=male archetype=mystic name=Anna gender=female archetype=duelist',
      'gender archetype confirm confirm confirm confirm',
    ],
    [
      'answers after confirm change nothing',
      'name=Bobby gender=male archetype=mystic confirm name=Anna archetype=duelist confirm',
      'gender archetype confirm finished finished finished finished',
    ],
  ])('%s', async (_rule, line, expected) => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    expect(await walk(services, charId, line)).toBe(expected);
  });

  test('finalize takes the last answers', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    const line =
      'name=Bobby gender=male archetype=mystic name=Anna gender=female archetype=duelist';
    await walk(services, charId, `${line} confirm`);
    const who = { name: 'Anna', gender: 'female', archetype: 'duelist' };
    expect((await services.sessions.getSession(charId))?.bio).toMatchObject(who);
    expect(await services.characters.find(charId)).toMatchObject(who);
  });
});

describe('setName', () => {
  test.each([
    ['Bob2', 'bad_characters'],
    ['Аnna', 'mixed_scripts'],
    ['<b>Bobby</b> & "Co"', 'bad_characters'],
  ])('refuses %s with its reason', async (typed, problem) => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    expect(await services.onboarding.setName(charId, typed)).toEqual({ kind: 'refused', problem });
    expect((await services.characters.find(charId))?.name).toBeNull();
  });

  test('gives a name to one of two users at once', async () => {
    const services = accountServices();
    const mine = await enterNewShell(services, ME);
    const theirs = await enterNewShell(services, OTHER);
    const replies = await Promise.all([
      services.onboarding.setName(mine, 'Bobby'),
      services.onboarding.setName(theirs, 'bobby'),
    ]);
    expect(replies.map((reply) => reply.kind)).toEqual(['done', 'taken']);
    expect(await stepAt(services, theirs)).toBe('name');
  });

  test('answers taken for a look-alike of a taken name', async () => {
    const services = accountServices();
    await finishedCharacter(services, ME, { name: 'ABCE' });
    const charId = await enterNewShell(services, OTHER);
    expect(await services.onboarding.setName(charId, 'АВСЕ')).toEqual({
      kind: 'taken',
      name: 'АВСЕ',
    });
  });

  test('frees the former name', async () => {
    const services = accountServices();
    const mine = await enterNewShell(services, ME);
    const theirs = await enterNewShell(services, OTHER);
    await walk(services, mine, 'name=Bobby name=Robert');
    expect((await services.onboarding.setName(theirs, 'Bobby')).kind).toBe('done');
  });

  test('saves the normalised name', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    await services.onboarding.setName(charId, '  Jose\u0301 ');
    expect((await services.characters.find(charId))?.name).toBe('José');
    expect((await services.sessions.getSession(charId))?.bio.name).toBe('José');
  });
});

describe('finalize', () => {
  test.each(archetypes)('saves attributes, vitals and techniques of a %s', async (archetype) => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby', archetype });
    const { attributes, techniques } = archetypeNumbers[archetype];
    const stats = vitalsFor(attributes);
    const session = await services.sessions.getSession(charId);
    expect(session).toMatchObject({ state: 'SCENARIO', user_id: ME, attributes, stats });
    expect(session?.skills).toEqual(Object.fromEntries(techniques.map((id) => [id, 1])));
    expect(session?.bio).toEqual({
      name: 'Bobby',
      gender: 'female',
      archetype,
      created_at: '2026-01-01T00:00:00.000Z',
    });
    expect(await services.characters.find(charId)).toMatchObject({
      name: 'Bobby',
      gender: 'female',
      archetype,
      vitals_snapshot: stats,
      attributes,
      skills: session?.skills,
    });
  });

  test('the GearScores of new characters are within 15 % of each other', () => {
    const scores = archetypes.map((one) => gearScore(archetypeNumbers[one].attributes));
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(Math.max(...scores) * 0.85);
  });

  test('answers not_onboarding the second time and heals nothing', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.updateStatCurrent(charId, 'hp', 5);
    const saves = vi.spyOn(services.characters, 'update');
    expect(await services.onboarding.finalize(charId)).toEqual({ kind: 'not_onboarding' });
    expect((await services.sessions.getSession(charId))?.stats.hp.cur).toBe(5);
    expect(saves).not.toHaveBeenCalled();
  });

  test('leaves the character in onboarding if the database is unavailable', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    await walk(services, charId, 'name=Bobby gender=male archetype=mystic');
    vi.spyOn(services.characters, 'update').mockRejectedValueOnce(
      new Error('the database is unavailable'),
    );
    await expect(services.onboarding.finalize(charId)).rejects.toThrow('unavailable');
    expect((await services.sessions.getSession(charId))?.state).toBe('ONBOARDING');
  });

  test.each(['changeAccount', 'setState'] as const)(
    'can be repeated after %s failed',
    async (step) => {
      const services = accountServices();
      const charId = await enterNewShell(services, ME);
      await walk(services, charId, 'name=Bobby gender=male archetype=mystic');
      vi.spyOn(services.accounts, step).mockRejectedValueOnce(
        new Error('the store is unavailable'),
      );
      await expect(services.onboarding.finalize(charId)).rejects.toThrow('unavailable');
      expect(await walk(services, charId, 'confirm')).toBe('finished');
    },
  );
});

describe('outdated answers', () => {
  test.each(['name=Anna', 'gender=male', 'archetype=guardian', 'confirm'])(
    '%s changes nothing on a finished character',
    async (answer) => {
      const services = accountServices();
      const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
      const before = await services.sessions.getSession(charId);
      expect(await answerOf(services, charId, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await services.sessions.getSession(charId)).toEqual(before);
      expect((await services.characters.find(charId))?.name).toBe('Bobby');
    },
  );

  test.each(['name=Anna', 'gender=male', 'archetype=guardian', 'confirm'])(
    '%s creates no session',
    async (answer) => {
      const services = accountServices();
      expect(await answerOf(services, 99, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await services.accounts.accountExists(99)).toBe(false);
    },
  );

  test('the same answer is not written again', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    await walk(services, charId, 'name=Bobby gender=male');
    const names = vi.spyOn(services.accounts, 'updateBio');
    const fields = vi.spyOn(services.accounts, 'updateBioField');
    expect((await services.onboarding.setGender(charId, 'male')).kind).toBe('done');
    expect((await services.onboarding.setName(charId, 'Bobby')).kind).toBe('done');
    expect(names).not.toHaveBeenCalled();
    expect(fields).not.toHaveBeenCalled();
  });

  test.each(['name=Anna', 'confirm'])(
    '%s closes the session of a deleted character',
    async (answer) => {
      const services = accountServices();
      const charId = await enterNewShell(services, ME);
      await walk(services, charId, 'name=Bobby gender=male archetype=mystic');
      await services.characters.delete(charId);
      expect(await answerOf(services, charId, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await services.login.resume(ME)).toBeNull();
    },
  );
});
