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

local function give_back(first_key, first_arg)
  local request, seat = KEYS[first_key], KEYS[first_key + 1]
  local wait = {
    char_id = ARGV[first_arg],
    user_id = ARGV[first_arg + 1],
    gs = ARGV[first_arg + 2],
    start_ms = ARGV[first_arg + 3],
  }
  local left_ms = ARGV[first_arg + 4]
  if redis.call('GET', seat) ~= match_id then
    return
  end
  redis.call('DEL', seat)
  if tonumber(left_ms) <= 0 or redis.call('EXISTS', request) == 1 then
    return
  end
  redis.call('HSET', request,
    'start_time', wait.start_ms, 'gs', wait.gs, 'mode', mode, 'user_id', wait.user_id)
  redis.call('PEXPIRE', request, left_ms)
  redis.call('ZADD', queue, wait.gs, wait.char_id)
  redis.call('ZADD', since, wait.start_ms, wait.char_id)
  put_card(cards, line, wait, KEYS[first_key + 2])
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
