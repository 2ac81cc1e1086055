import { setTimeout } from 'node:timers/promises';
import { type Command, Redis } from 'ioredis';
import type { RedisClient } from '../../redis/redis-client.ts';

/** A tap is over once no client has sent a command for so long. */
const IDLE_MS = 60;

export interface CountedCommands {
  /** Runs `act` and answers the names of all commands that it caused. */
  during(act: () => Promise<unknown>): Promise<string[]>;
  close(): void;
}

/** Counts round trips: commands in flight together count as one. */
export function countTrips(
  client: RedisClient,
  isBackground: (args: readonly string[]) => boolean,
): { take(): number } {
  const send = client.sendCommand.bind(client);
  let [inFlight, trips] = [0, 0];
  client.sendCommand = (command: Command, ...rest: never[]) => {
    const sent: unknown = send(command, ...rest);
    if (isBackground([command.name, ...command.args.map(String)])) return sent;
    if (inFlight === 0) trips += 1;
    inFlight += 1;
    const end = () => {
      inFlight -= 1;
    };
    command.promise.then(end, end);
    return sent;
  };
  return {
    take() {
      const taken = trips;
      trips = 0;
      return taken;
    },
  };
}

/** Uses MONITOR; commands that `isBackground` accepts by their words do not count. */
export async function countCommands(
  url: string,
  isBackground: (args: readonly string[]) => boolean,
): Promise<CountedCommands> {
  const marker = new Redis(url);
  const monitor = await marker.monitor();
  let seen: string[] = [];
  let onMarker: (text: string) => void = () => undefined;
  monitor.on('monitor', (_time: string, args: readonly string[], source: string) => {
    const [name = '', first = ''] = args;
    if (name.toLowerCase() === 'echo') onMarker(first);
    else if (source !== 'lua' && !isBackground(args)) seen.push(name.toLowerCase());
  });
  /** Resolves once MONITOR has reported all earlier commands. */
  const caughtUp = async (text: string) => {
    const echoed = new Promise<void>((resolve) => {
      onMarker = (echoedText) => {
        if (echoedText === text) resolve();
      };
    });
    await marker.echo(text);
    await echoed;
  };
  let count = 0;
  /** Resolves once the clients have been idle for IDLE_MS. */
  const idle = async () => {
    for (let before = -1; before !== seen.length;) {
      before = seen.length;
      await setTimeout(IDLE_MS);
      await caughtUp(`idle ${(count += 1)}`);
    }
  };
  return {
    async during(act) {
      await idle();
      seen = [];
      await act();
      await idle();
      return seen;
    },
    close() {
      monitor.disconnect();
      marker.disconnect();
    },
  };
}
