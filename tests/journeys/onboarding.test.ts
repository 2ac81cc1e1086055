import { describe, expect, test } from 'vitest';
import { withAction, makeCharacter, screenWith } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';

describe('onboarding', () => {
  test('invalid names are refused with their reasons until a valid one comes', async () => {
    const open = await openArena();
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('<b>Bobby</b> & "Co"')];
    await makeCharacter(ann, { name: 'Артём' });
    bob.say('/start');
    await bob.tap(withAction('lobby.new'));
    await bob.sees(/What is your name/);
    for (const [name, reason] of [
      ['X', /too short/],
      ['Abcdefghijklmnopq', /too long/],
      ['Bob42', /Letters only/],
      ['<b>Bobby</b> & "Co"', /Letters only/],
      ['Bob  Bobson', /Only single spaces/],
      ['Bоb', /mixed alphabets/],
      ['артём', /taken/],
    ] as const) {
      bob.say(name);
      await bob.sees(reason);
    }
    bob.say('Jean-Luc');
    await bob.sees(/Jean-Luc it is/);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('a player called <b>Bobby</b> & "Co" is shown correctly on every screen', async () => {
    const open = await openArena();
    const bob = open.newPlayer('<b>Bobby</b> & "Co"');
    await makeCharacter(bob, { name: 'Bobby' });
    bob.say('/help');
    await bob.sees(/How to fight/);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('every answer can be changed before the confirmation', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    ann.say('/start');
    await ann.tap(withAction('lobby.new'));
    await ann.sees(/What is your name/);
    ann.say('Ann');
    await ann.tap(withAction('onboarding.gender||male'));
    await ann.tap(withAction('onboarding.archetype||warrior'));
    await ann.sees(/Is this you/);
    await ann.tap(withAction('onboarding.step||name'));
    await ann.sees(/What is your name/);
    ann.say('Anna-Maria');
    await ann.sees(/Anna-Maria · ♂️ He/);
    await ann.tap(withAction('onboarding.step||gender'));
    await ann.tap(withAction('onboarding.gender||female'));
    await ann.tap(withAction('onboarding.step||archetype'));
    await ann.tap(withAction('onboarding.archetype||mystic'));
    const card = await ann.sees(/Is this you/);
    expect(card.text).toContain('Anna-Maria · ♀️ She');
    expect(card.text).toContain('Mystic');
    await ann.tap(withAction('onboarding.confirm'));
    await ann.tap(withAction('story.skip'));
    await screenWith(ann, 'battle.strike');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('a user has at most four characters and deletes one after a confirmation', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    for (const name of ['Anna', 'Berta', 'Clara', 'Dora']) {
      await makeCharacter(ann, { name });
      await ann.tap(withAction('lobby'));
      await ann.sees(new RegExp(`of 4[^]*${name}`));
    }
    expect((await ann.sees(/4 of 4/)).buttons.flat().some(withAction('lobby.new'))).toBe(false);
    ann.client.tap('lobby.new|', { force: true });
    await ann.seesNotice(/You can have four characters/);
    await ann.tap(withAction('lobby.manage'));
    await ann.tap(withAction('lobby.delete||2'));
    await ann.sees(/Delete Berta/);
    await ann.tap(withAction('lobby.delete_confirmed'));
    const lobby = await ann.sees(/3 of 4/);
    expect(lobby.text).not.toContain('Berta');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('a name is still expected after a restart lost the open conversation', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann');
    ann.say('/start');
    await ann.tap(withAction('lobby.new'));
    await ann.sees(/What is your name/);
    ann.say('/menu');
    const id = `4242:${ann.id}:${ann.id}`;
    const { memos } = open.arena.services;
    await expect.poll(() => memos.read('conversation', id)).not.toBeNull();
    await memos.erase('conversation', id);
    ann.say('Ann');
    await ann.sees(/Ann it is/);
    expect(loggedProblems(open)).toEqual([]);
  });
});
