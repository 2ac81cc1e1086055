import { onTestFinished } from 'vitest';
import { type TcpProxy, startTcpProxy } from './start-tcp-proxy.ts';

/** A proxy that is closed at the end of the test. */
export async function openTcpProxy(first: number): Promise<TcpProxy> {
  const proxy = await startTcpProxy(first);
  onTestFinished(() => {
    proxy.close();
  });
  return proxy;
}
