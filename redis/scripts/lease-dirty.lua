-- Takes one thing that is owed to the database, so that one process at a time writes it down.
--
-- KEYS
--   1  owed    zset, by since when it is owed, ms
--   2  taken   zset, by until when it is somebody's, ms
-- ARGV
--   1  id
--   2  now_ms      since the epoch
--   3  until_ms    how long it is to be the caller's
-- Replies
--   taken   it is the caller's; what changes from now on is owed anew
--   held    somebody else is at it; nothing was changed
--   gone    it is owed no longer
-- Never forgets what somebody took and did not settle: after its time it can be taken again.

local owed, taken = KEYS[1], KEYS[2]
local id, now_ms, until_ms = ARGV[1], ARGV[2], ARGV[3]

local held_until = redis.call('ZSCORE', taken, id)
if held_until and tonumber(held_until) > tonumber(now_ms) then
  return 'held'
end

local removed = redis.call('ZREM', owed, id)
if removed == 0 and not held_until then
  return 'gone'
end
redis.call('ZADD', taken, until_ms, id)
return 'taken'
