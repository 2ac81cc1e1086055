import { describe, expect, test } from 'vitest';
import {
  type AccountContext,
  accountContextSchema,
  archetypes,
} from '../../../domains/account/account-context.ts';
import { AccountMissingError } from '../../../domains/account/account-store.ts';
import type { Character } from '../../../domains/account/character.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { accountServices, finishedCharacter } from '../../support/account-services.ts';

const warriors = archetypeNumbers.warrior.attributes;

function character(change: Partial<Character> = {}): Character {
  return {
    character_id: 42,
    user_id: 7,
    name: 'Bobby',
    gender: 'male',
    archetype: 'warrior',
    location_id: 'dark_forest',
    vitals_snapshot: null,
    created_at: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

describe('createSession for a shell', () => {
  test('returns the seeds’ defaults: attributes of 8, vitals of 100, 50 and 100', async () => {
    const services = accountServices();
    const shell = character({ name: null, gender: null, archetype: null });
    await services.sessions.createSession(shell);
    expect(await services.sessions.getSession(42)).toEqual({
      schema: 3,
      user_id: 7,
      state: 'ONBOARDING',
      bio: { name: null, gender: null, archetype: null, created_at: '2026-01-01T00:00:00.000Z' },
      location: { current: 'dark_forest', prev: null },
      stats: {
        hp: { cur: 100, max: 100 },
        mp: { cur: 50, max: 50 },
        stamina: { cur: 100, max: 100 },
      },
      attributes: {
        strength: 8,
        agility: 8,
        endurance: 8,
        intelligence: 8,
        wisdom: 8,
        men: 8,
        perception: 8,
        charisma: 8,
        luck: 8,
      },
      sessions: { combat_id: null, inventory_id: null, scenario_id: null },
      skills: {},
      gear: { version: 0, bonus: {} },
      loadout: null,
    });
  });

  test('takes over the name that is reserved already', async () => {
    const session = await accountServices().sessions.createSession(
      character({ gender: null, archetype: null }),
    );
    expect(session).toMatchObject({ state: 'ONBOARDING', bio: { name: 'Bobby', gender: null } });
  });
});

describe('createSession for a finished character', () => {
  test.each(archetypes)('gives a %s its attributes and techniques', async (archetype) => {
    const session = await accountServices().sessions.createSession(character({ archetype }));
    const { attributes, techniques } = archetypeNumbers[archetype];
    expect(accountContextSchema.parse(session).attributes).toEqual(attributes);
    expect(session.stats).toEqual(vitalsFor(attributes));
    expect(session.skills).toEqual(Object.fromEntries(techniques.map((id) => [id, 1])));
    expect(session.state).not.toBe('ONBOARDING');
  });

  test('takes the saved vitals, within the maxima of the attributes', async () => {
    const { hp, mp, stamina } = vitalsFor(archetypeNumbers.warrior.attributes);
    const session = await accountServices().sessions.createSession(
      character({
        vitals_snapshot: {
          hp: { cur: 3, max: 500 },
          mp: { cur: 0, max: mp.max },
          stamina: { cur: 9999, max: 9999 },
        },
      }),
    );
    expect(session.stats).toEqual({
      hp: { cur: 3, max: hp.max },
      mp: { cur: 0, max: mp.max },
      stamina: { cur: stamina.max, max: stamina.max },
    });
  });
});

describe('a saved session', () => {
  const forest = { current: 'dark_forest', prev: 'start_village' };

  async function openWithSavedSession(change: Partial<AccountContext> = {}) {
    const services = accountServices();
    const charId = await finishedCharacter(services, 7, { name: 'Bobby', archetype: 'duelist' });
    const live = await services.sessions.getSession(charId);
    const known = await services.characters.find(charId);
    if (live === null || known === null) throw new Error('No character was made');
    const stats = { ...live.stats, hp: { ...live.stats.hp, cur: 5 } };
    const saved: AccountContext = { ...live, location: forest, stats, ...change };
    await services.accounts.createAccount(charId, saved);
    expect(await services.persister.close(charId)).toBe('closed');
    return { ...services, charId, live, known, saved: await services.savedSessions.load(charId) };
  }

  test('is restored with its location and vitals', async () => {
    const { sessions, live, known, saved } = await openWithSavedSession();
    const hp = { ...live.stats.hp, cur: 5 };
    const expected = { ...live, location: forest, stats: { ...live.stats, hp } };
    expect(await sessions.createSession(known, saved)).toEqual(expected);
    expect(await sessions.getSession(known.character_id)).toEqual(expected);
  });

  test('in state COMBAT is restored to EXPLORATION when no battle runs', async () => {
    const state = 'COMBAT';
    const { sessions, known, saved } = await openWithSavedSession({
      state,
      sessions: { combat_id: 'c123', inventory_id: null, scenario_id: null },
    });
    expect(await sessions.createSession(known, saved)).toMatchObject({
      state: 'EXPLORATION',
      sessions: { combat_id: null },
    });
  });

  test('takes name, attributes and skills from the character', async () => {
    const { sessions, live, known, saved } = await openWithSavedSession({
      bio: { name: 'Robert', gender: 'male', created_at: null },
      attributes: { ...warriors, luck: 999 },
      skills: { everything: 99 },
    });
    const { bio, attributes, skills } = live;
    expect(await sessions.createSession(known, saved)).toMatchObject({ bio, attributes, skills });
  });

  test('of another user is ignored and logged', async () => {
    const { sessions, known, log, charId, saved } = await openWithSavedSession({ user_id: 8 });
    expect(await sessions.createSession(known, saved)).toMatchObject({
      user_id: 7,
      state: 'EXPLORATION',
    });
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', facts: { charId, mismatch: 'user' } });
  });

  test('in onboarding restores the answers, and is ignored once onboarding is finished', async () => {
    const { sessions, characters, persister, savedSessions, lobby } = accountServices();
    const made = await lobby.createCharacterShell(7);
    if (made.kind !== 'created') throw new Error('No character was made');
    const { character } = made;
    const charId = character.character_id;
    await sessions.createSession(character);
    const bio = { name: null, gender: 'female', created_at: null, archetype: 'mystic' } as const;
    await sessions.updateBio(charId, bio);
    await persister.close(charId);
    const saved = await savedSessions.load(charId);
    const again = await sessions.createSession(character, saved);
    expect(again).toMatchObject({
      state: 'ONBOARDING',
      bio: { gender: 'female', archetype: 'mystic' },
    });
    await characters.setName(charId, 'Bobby');
    await characters.update(charId, { gender: 'male', archetype: 'warrior' });
    const finished = await characters.find(charId);
    if (finished === null) throw new Error('The character is gone');
    expect(await sessions.createSession(finished, saved, 'replace')).toMatchObject({
      state: 'EXPLORATION',
      bio: { name: 'Bobby', gender: 'male', archetype: 'warrior' },
    });
  });
});

test('saved attributes and skills take precedence over those of the archetype', async () => {
  const saved = { attributes: { ...warriors, luck: 30 }, skills: { feint: 2 } };
  const session = await accountServices().sessions.createSession(character(saved));
  expect(session).toMatchObject({ ...saved, stats: vitalsFor(saved.attributes) });
});

test('createSession does not overwrite a session that another process has opened', async () => {
  const { sessions, accounts } = accountServices();
  await sessions.createSession(character());
  await accounts.updateStatCurrent(42, 'hp', 5);
  expect((await sessions.createSession(character())).stats.hp.cur).toBe(5);
  expect((await accounts.getStats(42))?.hp.cur).toBe(5);
});

describe('a live session', () => {
  test('updateBio and updateState change nothing else', async () => {
    const { sessions } = accountServices();
    const before = await sessions.createSession(character());
    const bio = { ...before.bio, name: 'Robert' };
    await sessions.updateBio(42, bio);
    await sessions.updateState(42, 'EXPLORATION');
    expect(await sessions.getSession(42)).toEqual({ ...before, bio, state: 'EXPLORATION' });
  });

  test('updateBio and updateState raise AccountMissingError without a session', async () => {
    const { sessions } = accountServices();
    const bio = { name: 'Bobby', gender: null, created_at: null };
    await expect(sessions.updateBio(42, bio)).rejects.toBeInstanceOf(AccountMissingError);
    await expect(sessions.updateState(42, 'EXPLORATION')).rejects.toBeInstanceOf(
      AccountMissingError,
    );
    expect(await sessions.getSession(42)).toBeNull();
  });

  test('deleteSession removes it', async () => {
    const { sessions } = accountServices();
    await sessions.createSession(character());
    await sessions.deleteSession(42);
    expect(await sessions.getSession(42)).toBeNull();
  });

  test('a lobby is cached per user until deleteLobbyCache', async () => {
    const { sessions } = accountServices();
    expect(await sessions.getLobbyCache(7)).toBeNull();
    await sessions.setLobbyCache(7, [character()]);
    expect(await sessions.getLobbyCache(7)).toEqual([character()]);
    expect(await sessions.getLobbyCache(8)).toBeNull();
    await sessions.deleteLobbyCache(7);
    expect(await sessions.getLobbyCache(7)).toBeNull();
  });
});
