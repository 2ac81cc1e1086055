import type { ChainableCommander } from 'ioredis';

/** Runs a pipeline or transaction and answers its replies in order; raises the first error among them. */
export async function execReplies(batch: ChainableCommander): Promise<unknown[]> {
  const results = await batch.exec();
  if (results === null) throw new Error('The transaction was not carried out');
  return results.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}
