-- A character takes a place in the queue: the request, the indexes and the card of it, at once. He is
-- handed the cards of who waits near him, so that nobody need look again to choose.
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
--   7  near            how many cards are wanted each way; 0 is none
--   8  min_gs, 9  max_gs   whose cards are wanted, bounds included
-- Replies
--   queued           he waits now; after it his card, "|", cards from his gs up, "|", cards below
--                    his gs from near to far, "|", and "all" if whoever waits has a card; where
--                    cards of one gs alone fill the number, those whose wait began first
--   already_queued   an unexpired request of his can be read, in whatever mode; nothing was changed
--   seated           a match or a battle holds him; nothing was changed
-- Never prolongs or replaces an unexpired request, never touches another character, never chooses.

local queue, since, cards, line = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local request, seat, last_opponent = KEYS[5], KEYS[6], KEYS[7]
local char_id, user_id, mode, gs, start_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local request_ttl_ms, near, min_gs, max_gs = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

local function place()
  if redis.call('EXISTS', seat) == 1 then
    return 'seated'
  end
  -- What lacks one of these nobody can read: it is no request.
  local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode')
  local began = tonumber(held[1])
  local whole = tonumber(held[2]) and held[3]
  if began and whole and began + tonumber(request_ttl_ms) > tonumber(start_ms) then
    return 'already_queued'
  end
  return 'queued'
end

-- Start first, to so many digits: cards of one gs stand in the line by the start of their wait.
local function card()
  local start = string.sub('0000000000000', #start_ms + 1) .. start_ms
  local last = redis.call('GET', last_opponent) or ''
  return table.concat({ start, char_id, user_id, gs, last }, ',')
end

-- The line runs backwards from here, so that equals would come by the end of it: the latest first.
local function cards_below()
  local found =
    redis.call('ZREVRANGEBYSCORE', line, '(' .. gs, min_gs, 'WITHSCORES', 'LIMIT', 0, near)
  local nearest = found[2]
  if nearest and nearest == found[2 * tonumber(near)] then
    return redis.call('ZRANGEBYSCORE', line, nearest, nearest, 'LIMIT', 0, near)
  end
  local below = {}
  for place = 1, #found, 2 do
    below[#below + 1] = found[place]
  end
  return below
end

local function cards_near()
  if tonumber(near) == 0 then
    return '||'
  end
  local up = redis.call('ZRANGEBYSCORE', line, gs, max_gs, 'LIMIT', 0, near)
  local all = redis.call('ZCARD', queue) == redis.call('ZCARD', line) and 'all' or ''
  return table.concat(up, ' ') .. '|' .. table.concat(cards_below(), ' ') .. '|' .. all
end

local word = place()
if word ~= 'queued' then
  return word
end

-- The lists first: should one of them hold something foreign, nothing has been promised yet.
local mine, left_over = card(), redis.call('HGET', cards, char_id)
if left_over then
  redis.call('ZREM', line, left_over)
end
redis.call('ZADD', queue, gs, char_id)
redis.call('ZADD', since, start_ms, char_id)
redis.call('ZADD', line, gs, mine)
redis.call('HSET', cards, char_id, mine)
redis.call('DEL', request)
redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', user_id)
redis.call('PEXPIRE', request, request_ttl_ms)
return word .. ' ' .. mine .. '|' .. cards_near()
