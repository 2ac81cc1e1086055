import type { ChainableCommander } from 'ioredis';

/** Runs a pipeline or transaction; returns its replies in order or raises the first error among them. */
export async function execReplies(batch: ChainableCommander): Promise<unknown[]> {
  const results = await batch.exec();
  if (results === null) throw new Error('transaction aborted');
  return results.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}
