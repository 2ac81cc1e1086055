-- A character takes a place in the queue: the request, the indexes and the card of it, at once.
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
--   2  user_id         '' if unknown
--   3  mode
--   4  gs
--   5  start_ms        since the epoch; also the present
--   6  request_ttl_ms
-- Replies
--   queued           he waits now; also if this very request was made before, and nothing was changed
--   already_queued   another unexpired request of his can be read, in whatever mode; nothing was
--                    changed
--   seated           a match or a battle holds him; nothing was changed
-- Never prolongs or replaces an unexpired request, never touches another character.

local queue, since, cards, line = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local request, seat, last_opponent = KEYS[5], KEYS[6], KEYS[7]
local char_id, user_id, mode, gs, start_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local request_ttl_ms = ARGV[6]

-- The second answer: whether he was queued before.
local function place()
  if redis.call('EXISTS', seat) == 1 then
    return 'seated'
  end
  -- What lacks one of these nobody can read: it is no request.
  local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode')
  local began = tonumber(held[1])
  local whole = tonumber(held[2]) and held[3]
  if began and whole and began + tonumber(request_ttl_ms) > tonumber(start_ms) then
    -- This very request: the reply of the first time was lost.
    if held[1] == start_ms and held[2] == gs and held[3] == mode then
      return 'queued', true
    end
    return 'already_queued'
  end
  return 'queued'
end

local word, is_done = place()
if word ~= 'queued' or is_done then
  return word
end

-- The lists first: should one of them hold something foreign, nothing has been promised yet.
local wait = { char_id = char_id, user_id = user_id, gs = gs, start_ms = start_ms }
put_card(cards, line, wait, last_opponent)
redis.call('ZADD', queue, gs, char_id)
redis.call('ZADD', since, start_ms, char_id)
redis.call('DEL', request)
redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', user_id)
redis.call('PEXPIRE', request, request_ttl_ms)
return word
