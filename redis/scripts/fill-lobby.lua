-- Puts a user's characters into the lobby's cache if the lease found there is still the caller's.
--
-- KEYS
--   1  lobby       string: the characters, or the lease of whoever is just reading them
-- ARGV
--   1  lease       the caller's own, as it was stored
--   2  characters  a JSON array
--   3  life        of the cache in seconds
-- Replies
--   filled   the characters are stored
--   lost     the lease has run out, was deleted or is another's; nothing was changed
-- Never stores characters that were read before the cache was last deleted.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'lost'
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 'filled'
