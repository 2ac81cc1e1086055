import { setTimeout } from 'node:timers/promises';
import { type Command, Redis } from 'ioredis';
import type { RedisClient } from '../../redis/redis-client.ts';

/** Clients that have sent nothing for so long are done with a tap. */
const QUIET_MS = 60;

/** Commands that clients send to a server; what runs inside scripts is not counted. */
export interface CountedCommands {
  /** Runs `act` and answers the names of the commands that were sent until it ended. */
  during(act: () => Promise<unknown>): Promise<string[]>;
  close(): void;
}

/** How often a client has begun to wait for its server; what is sent at once is waited for once. */
export function countTrips(
  client: RedisClient,
  isBackground: (args: readonly string[]) => boolean,
): { take(): number } {
  const send = client.sendCommand.bind(client);
  let [underWay, trips] = [0, 0];
  client.sendCommand = (command: Command, ...rest: never[]) => {
    const sent: unknown = send(command, ...rest);
    if (isBackground([command.name, ...command.args.map(String)])) return sent;
    if (underWay === 0) trips += 1;
    underWay += 1;
    const end = () => {
      underWay -= 1;
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

/** Listens to a server by MONITOR; what `isBackground` says of a command's words is not counted. */
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
  /** Resolves once everything that reached the server before has been seen. */
  const caughtUp = async (text: string) => {
    const echoed = new Promise<void>((resolve) => {
      onMarker = (heard) => {
        if (heard === text) resolve();
      };
    });
    await marker.echo(text);
    await echoed;
  };
  let count = 0;
  /** Resolves once the clients have sent nothing for a while. */
  const settled = async () => {
    for (let before = -1; before !== seen.length;) {
      before = seen.length;
      await setTimeout(QUIET_MS);
      await caughtUp(`settled ${(count += 1)}`);
    }
  };
  return {
    async during(act) {
      await settled();
      seen = [];
      await act();
      await settled();
      return seen;
    },
    close() {
      monitor.disconnect();
      marker.disconnect();
    },
  };
}
