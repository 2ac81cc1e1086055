/** Redis cannot be used; the message is one line that says why and what to do, without secrets. */
export class RedisStartError extends Error {
  override readonly name = 'RedisStartError';
}
