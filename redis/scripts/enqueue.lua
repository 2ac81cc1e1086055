-- A character takes a place in the queue: the request and both indexes of it, at once.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  request   hash, the character's
--   4  seat      string, the character's
-- ARGV
--   1  char_id
--   2  user_id         '' if unknown
--   3  mode
--   4  gs
--   5  start_ms        since the epoch; also the present
--   6  request_ttl_ms
-- Replies
--   queued           he waits now
--   already_queued   an unexpired request of his can be read, in whatever mode; nothing was changed
--   seated           a match or a battle holds him; nothing was changed
-- Never prolongs or replaces an unexpired request, never touches another character.

local queue, since, request, seat = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local char_id, user_id, mode, gs, start_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local request_ttl_ms = ARGV[6]

if redis.call('EXISTS', seat) == 1 then
  return 'seated'
end

-- What lacks one of these nobody can read: it is no request.
local began = tonumber(redis.call('HGET', request, 'start_time'))
local whole = tonumber(redis.call('HGET', request, 'gs')) and redis.call('HGET', request, 'mode')
if began and whole and began + tonumber(request_ttl_ms) > tonumber(start_ms) then
  return 'already_queued'
end

-- The lists first: should one of them hold something foreign, nothing has been promised yet.
redis.call('ZADD', queue, gs, char_id)
redis.call('ZADD', since, start_ms, char_id)
redis.call('DEL', request)
redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', user_id)
redis.call('PEXPIRE', request, request_ttl_ms)
return 'queued'
