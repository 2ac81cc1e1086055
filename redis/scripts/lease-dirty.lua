-- Leases one dirty id, so that one process at a time saves it to the database.
--
-- KEYS
--   1  dirty    zset, by time of the first change, ms
--   2  leased   zset, by end of the lease, ms
-- ARGV
--   1  id
--   2  now_ms      since the epoch
--   3  until_ms    end of the caller's lease
-- Replies
--   leased   the caller has the lease; a change from now on makes the id dirty again
--   held     another process has the lease; nothing was changed
--   gone     the id is no longer dirty
-- Never forgets a leased id that was not acknowledged: it can be leased again when the lease ends.

local dirty, leased = KEYS[1], KEYS[2]
local id, now_ms, until_ms = ARGV[1], ARGV[2], ARGV[3]

local held_until = redis.call('ZSCORE', leased, id)
if held_until and tonumber(held_until) > tonumber(now_ms) then
  return 'held'
end

local removed = redis.call('ZREM', dirty, id)
if removed == 0 and not held_until then
  return 'gone'
end
redis.call('ZADD', leased, until_ms, id)
return 'leased'
