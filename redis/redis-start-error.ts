/** Redis cannot be used; the message is one line with reason and remedy, without secrets. */
export class RedisStartError extends Error {
  override readonly name = 'RedisStartError';
}
