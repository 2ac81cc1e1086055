-- Leases battles that are due, so that one process at a time checks each.
--
-- KEYS
--   1  deadlines   zset, by when a timer must look at the battle, ms
-- ARGV
--   1  now_ms      since the epoch
--   2  until_ms    end of the lease: the battle is due again then
--   3  limit
-- Replies
--   leased   behind "|": the ids, the earliest first; none if nothing is due
-- Never removes a battle: one that is not checked, or cannot be, comes again after the others.

local deadlines, until_ms = KEYS[1], ARGV[2]

local ids = redis.call('ZRANGEBYSCORE', deadlines, '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  redis.call('ZADD', deadlines, until_ms, id)
end
return 'leased' .. '|' .. table.concat(ids, '|')
