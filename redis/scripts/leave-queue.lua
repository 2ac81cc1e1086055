-- A character leaves the queue: the request and the queue entry, at once.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  request   hash, the character's
--   4  seat      string, the character's
-- ARGV
--   1  char_id
--   2  mode
-- Replies
--   left         his request in this mode is gone
--   not_queued   he had none in this mode; an entry without a request went with it
--   seated       too late: a match or a battle holds him; nothing was changed
-- Never touches a request in another mode, never undoes a match.

local queue, since, request, seat = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local char_id, mode = ARGV[1], ARGV[2]

if redis.call('EXISTS', seat) == 1 then
  return 'seated'
end

redis.call('ZREM', queue, char_id)
redis.call('ZREM', since, char_id)
if redis.call('HGET', request, 'mode') ~= mode then
  return 'not_queued'
end
redis.call('DEL', request)
return 'left'
