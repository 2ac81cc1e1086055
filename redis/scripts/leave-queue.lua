-- Removes the request and the queue entry of a character.
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
--   left         the request in this mode was deleted
--   not_queued   there was no request in this mode; a leftover queue entry was removed
--   seated       too late: the character is in a match or a battle; nothing was changed
-- Never deletes a request in another mode, never cancels a match.

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
