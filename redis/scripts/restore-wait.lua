-- Puts a waiting character back into both lists of the queue, as the request says.
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
--   restored      he stands in both lists
--   not_waiting   he has no request in this mode, or is seated; nothing was changed
-- Never changes a request, never queues who is seated.

local queue, since, request, seat = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local gs = tonumber(redis.call('HGET', request, 'gs'))
local began = tonumber(redis.call('HGET', request, 'start_time'))
local in_mode = redis.call('HGET', request, 'mode') == ARGV[2]
if redis.call('EXISTS', seat) == 1 or not (in_mode and gs and began) then
  return 'not_waiting'
end
redis.call('ZADD', queue, redis.call('HGET', request, 'gs'), ARGV[1])
redis.call('ZADD', since, redis.call('HGET', request, 'start_time'), ARGV[1])
return 'restored'
