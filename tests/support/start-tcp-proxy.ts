import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** New connections go there; open ones stay where they are. */
  pointTo(port: number): void;
}

/** One address before several servers, as a name is that a failover moves. The caller closes it. */
export async function startTcpProxy(first: number): Promise<TcpProxy & { close(): void }> {
  let target = first;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.setNoDelay();
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    port: address.port,
    pointTo: (port) => {
      target = port;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
