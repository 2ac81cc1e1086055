-- Makes the lease of a chat's lock last from now on.
--
-- KEYS
--   1  lock     string, the token of the process that writes into the chat
-- ARGV
--   1  token
--   2  lease_ms
-- Replies
--   renewed   the lease runs for lease_ms again
--   lost      the lock is nobody's or another's; nothing was changed
-- Never prolongs another's lease.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'lost'
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'renewed'
