import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { describeOnPostgres } from '../support/database-engines.ts';
import { makeCharacter, screenWith, withAction } from '../support/duel-steps.ts';
import { openArena } from '../support/open-arena.ts';
import { startPostgres } from '../support/postgres-server.ts';

describeOnPostgres('a database that only reads', () => {
  test('is an outage: players read so, it is logged once and ends by itself', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const open = await openArena({ DATABASE_URL: server.url });
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    bob.say('/start');
    await screenWith(bob, 'lobby.new');
    await setReadOnly(server.url, 'on');

    for (let taps = 0; taps < 3; taps += 1) {
      await bob.tap(withAction('lobby.new'));
      await bob.sees(/cannot be created or saved right now/);
      await bob.tap(/Continue/);
      await screenWith(bob, 'lobby.new');
      open.clock.advance(6_000);
      const newUser = open.newPlayer(`New ${taps}`);
      newUser.say('/start');
      await screenWith(newUser, 'lobby.new');
    }
    expect(open.log.lines.filter(({ message }) => /database/.test(message))).toMatchObject([
      { message: 'database connected' },
      { message: 'database unavailable', facts: { reason: 'read-only' } },
      { message: 'user database unavailable' },
    ]);

    await setReadOnly(server.url, 'off');
    open.clock.advance(6_000);
    await bob.tap(withAction('lobby.new'));
    await bob.sees(/What is your name/);
    open.newPlayer('Eve').say('/start');
    const messages = () => open.log.lines.map(({ message }) => message);
    await expect.poll(messages).toContain('user database available again');
    expect(messages()).toContain('database available again');
    expect(messages().filter((message) => /failed/.test(message))).toEqual([]);
  });
});

/** As a failover or a managed host does it; returns when every session follows it. */
async function setReadOnly(url: string, value: 'on' | 'off'): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('set default_transaction_read_only = off');
  await client.query(`alter system set default_transaction_read_only = ${value}`);
  await client.query('select pg_reload_conf()');
  await client.end();
  await expect
    .poll(async () => {
      const later = new Client({ connectionString: url });
      await later.connect();
      const shown = await later.query('show transaction_read_only');
      await later.end();
      return shown;
    })
    .toMatchObject({ rows: [{ transaction_read_only: value }] });
}
