/**
 * Mark and write are sent at once and in this order, so that no change goes unmarked. A process that saves may read
 * between the mark and the change, so what is written is marked again afterwards.
 */
export async function markedWrite<R>(
  mark: () => Promise<void>,
  write: () => Promise<R>,
  isWritten: (reply: R) => boolean,
): Promise<R> {
  const marked = mark();
  const [reply] = await Promise.all([write(), marked]);
  if (isWritten(reply)) await mark();
  return reply;
}
