import { stepOf } from '../../../domains/account/onboarding-service.ts';
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

async function stepAt(house: AccountServices, charId: number): Promise<string> {
  const reply = await house.onboarding.initialize(charId);
  return reply.kind === 'done' ? stepOf(reply.account.bio) : 'finished';
}

/** Answers in a line: `name=Bobby gender=male archetype=mystic confirm`; the steps reached. */
async function walk(house: AccountServices, charId: number, line: string): Promise<string> {
  const reached: string[] = [];
  for (const answer of line.split(' ')) {
    await answerOf(house, charId, answer);
    reached.push(await stepAt(house, charId));
  }
  return reached.join(' ');
}

function answerOf(house: AccountServices, charId: number, answer: string) {
  const { onboarding } = house;
  const [what, value = ''] = answer.split('=');
  if (what === 'name') return onboarding.setName(charId, value);
  if (what === 'gender') return onboarding.setGender(charId, value === 'male' ? 'male' : 'female');
  const archetype = archetypes.find((one) => one === value);
  if (archetype !== undefined) return onboarding.setArchetype(charId, archetype);
  return onboarding.finalize(charId);
}

describe('the way through onboarding', () => {
  test.each([
    ['begins with the name', 'name=Bobby', 'gender'],
    [
      'name, gender, archetype',
      'name=Bobby gender=male archetype=mystic',
      'gender archetype confirm',
    ],
    [
      'and the last word',
      'name=Bobby gender=male archetype=mystic confirm',
      'gender archetype confirm finished',
    ],
    ['a refused name leaves it where it is', 'name=B name=Bobby', 'name gender'],
    [
      'a step twice is one step',
      'name=Bobby gender=male gender=male',
      'gender archetype archetype',
    ],
    ['the last word is not heard too early', 'name=Bobby confirm', 'gender gender'],
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
      'nothing is asked after the last word',
      'name=Bobby gender=male archetype=mystic confirm name=Anna archetype=duelist confirm',
      'gender archetype confirm finished finished finished finished',
    ],
  ])('%s', async (_rule, line, expected) => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    expect(await walk(house, charId, line)).toBe(expected);
  });

  test('what was answered last before the last word counts', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    const line =
      'name=Bobby gender=male archetype=mystic name=Anna gender=female archetype=duelist';
    await walk(house, charId, `${line} confirm`);
    const who = { name: 'Anna', gender: 'female', archetype: 'duelist' };
    expect((await house.sessions.getSession(charId))?.bio).toMatchObject(who);
    expect(await house.characters.find(charId)).toMatchObject(who);
  });
});

describe('a name', () => {
  test.each([
    ['Bob2', 'bad_characters'],
    ['Аnna', 'mixed_scripts'],
    ['<b>Bobby</b> & "Co"', 'bad_characters'],
  ])('%s is refused with its reason', async (typed, problem) => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    expect(await house.onboarding.setName(charId, typed)).toEqual({ kind: 'refused', problem });
    expect((await house.characters.find(charId))?.name).toBeNull();
  });

  test('of two who want it at once, one gets it', async () => {
    const house = accountServices();
    const mine = await enterNewShell(house, ME);
    const theirs = await enterNewShell(house, OTHER);
    const replies = await Promise.all([
      house.onboarding.setName(mine, 'Bobby'),
      house.onboarding.setName(theirs, 'bobby'),
    ]);
    expect(replies.map((reply) => reply.kind)).toEqual(['done', 'taken']);
    expect(await stepAt(house, theirs)).toBe('name');
  });

  test('that looks like one that is taken is taken', async () => {
    const house = accountServices();
    await finishedCharacter(house, ME, { name: 'ABCE' });
    const charId = await enterNewShell(house, OTHER);
    expect(await house.onboarding.setName(charId, 'АВСЕ')).toEqual({ kind: 'taken', name: 'АВСЕ' });
  });

  test('given up for another is free again', async () => {
    const house = accountServices();
    const mine = await enterNewShell(house, ME);
    const theirs = await enterNewShell(house, OTHER);
    await walk(house, mine, 'name=Bobby name=Robert');
    expect((await house.onboarding.setName(theirs, 'Bobby')).kind).toBe('done');
  });

  test('is kept as it should be written', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    await house.onboarding.setName(charId, '  Jose\u0301 ');
    expect((await house.characters.find(charId))?.name).toBe('José');
    expect((await house.sessions.getSession(charId))?.bio.name).toBe('José');
  });
});

describe('the last word', () => {
  test.each(archetypes)('gives a %s its body and its techniques, for good', async (archetype) => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby', archetype });
    const { attributes, techniques } = archetypeNumbers[archetype];
    const stats = vitalsFor(attributes);
    const session = await house.sessions.getSession(charId);
    expect(session).toMatchObject({ state: 'SCENARIO', user_id: ME, attributes, stats });
    expect(session?.skills).toEqual(Object.fromEntries(techniques.map((id) => [id, 1])));
    expect(session?.bio).toEqual({
      name: 'Bobby',
      gender: 'female',
      archetype,
      created_at: '2026-01-01T00:00:00.000Z',
    });
    expect(await house.characters.find(charId)).toMatchObject({
      name: 'Bobby',
      gender: 'female',
      archetype,
      vitals_snapshot: stats,
      attributes,
      skills: session?.skills,
    });
  });

  test('a fresh character of any archetype finds opponents of every other', () => {
    const scores = archetypes.map((one) => gearScore(archetypeNumbers[one].attributes));
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(Math.max(...scores) * 0.85);
  });

  test('twice gives nothing twice, and heals nobody', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.updateStatCurrent(charId, 'hp', 5);
    const saves = vi.spyOn(house.characters, 'update');
    expect(await house.onboarding.finalize(charId)).toEqual({ kind: 'not_onboarding' });
    expect((await house.sessions.getSession(charId))?.stats.hp.cur).toBe(5);
    expect(saves).not.toHaveBeenCalled();
  });

  test('is kept for good before the character plays', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    await walk(house, charId, 'name=Bobby gender=male archetype=mystic');
    vi.spyOn(house.characters, 'update').mockRejectedValueOnce(new Error('the database is away'));
    await expect(house.onboarding.finalize(charId)).rejects.toThrow('away');
    expect((await house.sessions.getSession(charId))?.state).toBe('ONBOARDING');
  });

  test.each(['changeAccount', 'setState'] as const)(
    'finalize succeeds again after %s failed',
    async (step) => {
      const house = accountServices();
      const charId = await enterNewShell(house, ME);
      await walk(house, charId, 'name=Bobby gender=male archetype=mystic');
      vi.spyOn(house.accounts, step).mockRejectedValueOnce(new Error('the store is away'));
      await expect(house.onboarding.finalize(charId)).rejects.toThrow('away');
      expect(await walk(house, charId, 'confirm')).toBe('finished');
    },
  );
});

describe('taps that come too late or for nobody', () => {
  test.each(['name=Anna', 'gender=male', 'archetype=guardian', 'confirm'])(
    '%s changes nothing on a finished character',
    async (answer) => {
      const house = accountServices();
      const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
      const before = await house.sessions.getSession(charId);
      expect(await answerOf(house, charId, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await house.sessions.getSession(charId)).toEqual(before);
      expect((await house.characters.find(charId))?.name).toBe('Bobby');
    },
  );

  test.each(['name=Anna', 'gender=male', 'archetype=guardian', 'confirm'])(
    '%s makes no session where there is none',
    async (answer) => {
      const house = accountServices();
      expect(await answerOf(house, 99, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await house.accounts.accountExists(99)).toBe(false);
    },
  );

  test('the same answer again is not written again', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    await walk(house, charId, 'name=Bobby gender=male');
    const names = vi.spyOn(house.accounts, 'updateBio');
    const fields = vi.spyOn(house.accounts, 'updateBioField');
    expect((await house.onboarding.setGender(charId, 'male')).kind).toBe('done');
    expect((await house.onboarding.setName(charId, 'Bobby')).kind).toBe('done');
    expect(names).not.toHaveBeenCalled();
    expect(fields).not.toHaveBeenCalled();
  });

  test.each(['name=Anna', 'confirm'])(
    '%s closes the session of a character that is gone for good',
    async (answer) => {
      const house = accountServices();
      const charId = await enterNewShell(house, ME);
      await walk(house, charId, 'name=Bobby gender=male archetype=mystic');
      await house.characters.delete(charId);
      expect(await answerOf(house, charId, answer)).toEqual({ kind: 'not_onboarding' });
      expect(await house.login.resume(ME)).toBeNull();
    },
  );
});
