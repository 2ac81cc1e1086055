-- Renews the lease of a chat's lock.
--
-- KEYS
--   1  lock     string, the token of the process that writes into the chat
-- ARGV
--   1  token
--   2  lease_ms
-- Replies
--   renewed   the lease runs for lease_ms again
--   lost      the lock is free or another process has it; nothing was changed
-- Never renews the lease of another process.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'lost'
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'renewed'
