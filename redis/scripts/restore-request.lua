-- Restores one side of a failed match: frees the seat and puts the character back into the queue.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  request   hash, the character's
--   4  seat      string, the character's
-- ARGV
--   1  match_id
--   2  char_id
--   3  user_id    '' if unknown
--   4  mode
--   5  gs
--   6  start_ms   start of the original wait
--   7  left_ms    rest of the request's TTL; 0 only frees the seat
-- Replies
--   restored   the character waits again
--   freed      the seat is free; the request had expired or the character has a new one
--   not_held   the seat does not belong to this match; nothing was changed
-- Never frees a seat of another match, never replaces a request.

local queue, since, request, seat = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local char_id, mode, gs, start_ms, left_ms = ARGV[2], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if redis.call('GET', seat) ~= ARGV[1] then
  return 'not_held'
end
redis.call('DEL', seat)
if tonumber(left_ms) <= 0 or redis.call('EXISTS', request) == 1 then
  return 'freed'
end
redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', ARGV[3])
redis.call('PEXPIRE', request, left_ms)
redis.call('ZADD', queue, gs, char_id)
redis.call('ZADD', since, start_ms, char_id)
return 'restored'
