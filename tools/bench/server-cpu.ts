import type { Redis } from 'ioredis';

/** Processor time that the server has used since its start, in µs. */
export async function serverCpuUs(client: Redis): Promise<number> {
  const info = await client.info('cpu');
  const used = [...info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)];
  return used.reduce((sum, [, seconds]) => sum + 1e6 * Number(seconds), 0);
}
