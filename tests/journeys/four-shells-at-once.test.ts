import { expect, onTestFinished, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { type Services, buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { connectDatabase } from '../../database/connect.ts';
import { connectRedis } from '../../redis/connect.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { withAction } from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { RecordingLog } from '../support/recording-log.ts';

const LONG = 60_000;
const ME = 7;

describeOnPostgres('simultaneous taps on "new character" by a new user', () => {
  test(
    'make one character when one process receives them',
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.stop());
      const open = await openArena({ DATABASE_URL: server.url });
      const ann = open.newPlayer('Ann');
      ann.say('/start');
      await ann.sees(/Welcome to the arena/);
      const taps = [1, 2, 3, 4].map(() => ann.client.tap(withAction('lobby.new')));
      await Promise.all(taps.map((tap) => tap.answered()));
      await ann.sees(/What is your name/);
      await ann.tap(withAction('lobby'));
      const lobby = await ann.sees(/1 of 4/);
      expect(lobby.buttons.flat().filter(withAction('lobby.enter'))).toHaveLength(1);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'make one character when two processes receive them, and both show it',
    async () => {
      const { bots, made, log } = await openTwoProcesses();
      for (const { router } of bots) await router.act(ME, { action: 'home' });
      const taps = [0, 1, 0, 1, 0, 1].map((n) =>
        bots[n === 0 ? 0 : 1].router.act(ME, { action: 'lobby.new' }),
      );
      await Promise.all(taps);
      const ids = await made();
      expect(ids).toHaveLength(1);
      for (const bot of bots) expect(await shownBy(bot)).toEqual(ids);
      expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    },
    LONG,
  );
});

/** The services of two processes on one PostgreSQL and one Redis. */
async function openTwoProcesses() {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const inProcessName = `two-processes-${performance.now()}`;
  const openBot = async () => {
    const redis = await connectRedis({ url: null, log, inProcessName });
    onTestFinished(() => redis.close());
    const database = await connectDatabase({ url: server.url, dataDir: null, log });
    onTestFinished(() => database.close());
    const repositories = repositoriesOn(database.db, log);
    const settings = readSettings({});
    const base = { log, clock, repositories, settings, entropy: systemEntropy };
    const announcer = { announce: () => undefined };
    const services = buildServices(redis, { ...openStores(redis, base), ...base, announcer });
    return { services, characters: repositories.characters };
  };
  const [one, other] = [await openBot(), await openBot()];
  const made = async () =>
    (await one.characters.listOf(ME)).map(({ character_id: charId }) => charId);
  return { bots: [one.services, other.services] as const, made, log };
}

/** The characters that a lobby offers to enter. */
async function shownBy({ router }: Services): Promise<unknown[]> {
  const reply = await router.act(ME, { action: 'lobby' });
  return reply.payload.buttons
    .flat()
    .flatMap((one) => (one.action === 'lobby.enter' ? [one.value] : []));
}
