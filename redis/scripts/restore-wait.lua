-- Puts a waiting character back into the lists of the queue, with his card, as the request says.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  cards     hash, char_id to card
--   4  line      zset of cards, by gs
--   5  request   hash, the character's
--   6  seat      string, the character's
--   7  last opponent   string, the character's
-- ARGV
--   1  char_id
--   2  mode
-- Replies
--   restored      he stands in the lists
--   not_waiting   he has no request in this mode, or is seated; nothing was changed
-- Never changes a request, never queues who is seated.

local queue, since, cards, line = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local request, seat, last_opponent = KEYS[5], KEYS[6], KEYS[7]
local char_id, mode = ARGV[1], ARGV[2]

local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode', 'user_id')
local start_ms, gs, user_id = held[1], held[2], held[4] or ''
local whole = tonumber(start_ms) and tonumber(gs)
if redis.call('EXISTS', seat) == 1 or held[3] ~= mode or not whole then
  return 'not_waiting'
end

local wait = { char_id = char_id, user_id = user_id, gs = gs, start_ms = start_ms }
put_card(cards, line, wait, last_opponent)
redis.call('ZADD', queue, gs, char_id)
redis.call('ZADD', since, start_ms, char_id)
return 'restored'
