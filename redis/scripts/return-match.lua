-- A match ends without a battle: its seats are freed, and who may wait on waits again as before.
--
-- KEYS
--   1  match     hash
--   2  matches   zset, by time of the claim, ms
--   3  queue     zset, by gs
--   4  since     zset, by start of the wait, ms
--   5  cards     hash, char_id to card
--   6  line      zset of cards, by gs
--   7  request, 8  seat, 9  last opponent    of the seeker
--   10 request, 11 seat, 12 last opponent    of the opponent; absent for the Shadow
-- ARGV
--   1  match_id
--   2  mode
--   3  char_id, 4  user_id, 5  gs, 6  start_ms, 7  left_ms     of the seeker; user_id '' if unknown
--   8  char_id, 9  user_id, 10 gs, 11 start_ms, 12 left_ms     of the opponent; absent for the Shadow
--      left_ms is what is left of the request's life; 0 if it is over or shall not be kept
-- Replies
--   returned   seats that were this match's are free, its sides with time left wait again
--   missing    the match was settled or returned before; nothing was changed
-- Never frees a seat of something else, never queues who is elsewhere by now, never restores the
-- opponents that the claim noted as the last.

local match, matches, queue, since = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local cards, line = KEYS[5], KEYS[6]
local match_id, mode = ARGV[1], ARGV[2]

-- As enqueue.lua writes it.
local function card_of(char_id, user_id, gs, start_ms, last_opponent)
  local start = string.sub('0000000000000', #start_ms + 1) .. start_ms
  local last = string.match(redis.call('GET', last_opponent) or '', '^%d+$') or ''
  if #last > 15 then
    last = ''
  end
  return table.concat({ start, char_id, user_id, gs, last }, ',')
end

local function give_back(first_key, first_arg)
  local request, seat = KEYS[first_key], KEYS[first_key + 1]
  local char_id, user_id = ARGV[first_arg], ARGV[first_arg + 1]
  local gs, start_ms, left_ms = ARGV[first_arg + 2], ARGV[first_arg + 3], ARGV[first_arg + 4]
  if redis.call('GET', seat) ~= match_id then
    return
  end
  redis.call('DEL', seat)
  if tonumber(left_ms) <= 0 or redis.call('EXISTS', request) == 1 then
    return
  end
  redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', user_id)
  redis.call('PEXPIRE', request, left_ms)
  redis.call('ZADD', queue, gs, char_id)
  redis.call('ZADD', since, start_ms, char_id)
  local left_over = redis.call('HGET', cards, char_id)
  if left_over then
    redis.call('ZREM', line, left_over)
  end
  local card = card_of(char_id, user_id, gs, start_ms, KEYS[first_key + 2])
  redis.call('ZADD', line, gs, card)
  redis.call('HSET', cards, char_id, card)
end

if redis.call('EXISTS', match) == 0 then
  return 'missing'
end
give_back(7, 3)
if KEYS[10] then
  give_back(10, 8)
end
redis.call('DEL', match)
redis.call('ZREM', matches, match_id)
return 'returned'
