import { fightToTheEnd, makeCharacter, screenWith, search, withAction } from './duel-steps.ts';
import { type OpenArena, openArena } from './open-arena.ts';
import { samplesIn } from './operations-queries.ts';
import { stablePort } from './redis-server.ts';

export interface Watched extends OpenArena {
  readonly port: number;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  metrics(): Promise<Map<string, number>>;
}

/** An arena whose operations port is open. */
export async function openWatched(env: Readonly<Record<string, string>> = {}): Promise<Watched> {
  const port = await stablePort();
  const open = await openArena({ ARENA_OPS_PORT: String(port), ...env });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  return { ...open, port, get, metrics: async () => samplesIn((await get('/metrics')).text) };
}

/** Two players fight; before, one of them stops a search and another search expires. */
export async function playEverything(open: OpenArena): Promise<void> {
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await search(bob);
  await bob.tap(withAction('arena.cancel'));
  await screenWith(bob, 'character');
  await search(ann);
  await screenWith(ann, 'arena.cancel');
  open.clock.advance(20_000);
  await search(bob);
  await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
  await open.arena.idle();
}
