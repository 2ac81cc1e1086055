-- Newcomers come into the arena: one who takes a place in the queue, or one who is seated with
-- whoever was chosen for him, another newcomer or one who waits. Each of these stands alone: what
-- keeps one out keeps nobody else out.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  cards     hash, char_id to card
--   4  line      zset of cards, by gs
--   5  matches   zset, by time of the claim, ms
--   then, for a place in the queue: request, seat
--   and for a match: the match, hash; request, seat, last opponent of the seeker and of the opponent
-- ARGV
--   1  mode
--   2  now_ms            since the epoch; also the time of the claims
--   3  request_ttl_ms
--   4  seat_ttl_ms       also the life of a match
--   5  opponent_ttl_ms   life of "last opponent"
--   then, for a place in the queue: "waits", card
--   and for a match: "meets" where the opponent waits, "pairs" where he is a newcomer, too;
--   match_id, card of the seeker, card of the opponent
-- Replies
--   queued           he waits now; also if he was let in by this very request before
--   claimed          the match exists and both are seated; also if this match had been claimed before
--   already_queued   another unexpired request of his, or one of the seeker's, can be read; nothing
--                    was changed
--   seated           a match or a battle holds him, or the seeker; nothing was changed
--   opponent_gone    the opponent is not as he was seen to be; nothing was changed
--                    (one of these for each, with blanks between)
-- Never takes one side alone, never chooses, never does anything by halves: whatever may hold
-- something foreign is looked at first, but for the matches, which nothing else points to until the
-- end. Nobody may be named twice in one call.

local queue, since, cards, line, matches = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local mode, now_ms, request_ttl_ms = ARGV[1], ARGV[2], ARGV[3]
local seat_ttl_ms, opponent_ttl_ms = ARGV[4], ARGV[5]
local unpack = unpack or table.unpack

-- When a wait must have begun to be over by now.
local over_ms = tonumber(now_ms) - tonumber(request_ttl_ms)

local function lives(start_ms)
  local began_ms = tonumber(start_ms)
  return began_ms and began_ms > over_ms
end

local function wait_at(key, arg)
  local card = ARGV[arg + 1]
  local start_ms, char_id, user_id, gs = read_card(card)
  return {
    kind = 'waits', request = KEYS[key], seat = KEYS[key + 1],
    card = card, start_ms = start_ms, char_id = char_id, user_id = user_id, gs = gs,
  }
end

local function match_at(key, arg)
  local their_card = ARGV[arg + 3]
  local start_ms, char_id, user_id, gs = read_card(ARGV[arg + 2])
  local their_start, their_id, their_user, their_gs = read_card(their_card)
  return {
    kind = ARGV[arg], id = ARGV[arg + 1], match = KEYS[key],
    request = KEYS[key + 1], seat = KEYS[key + 2], last_opponent = KEYS[key + 3],
    their_request = KEYS[key + 4], their_seat = KEYS[key + 5], their_last = KEYS[key + 6],
    start_ms = start_ms, char_id = char_id, user_id = user_id, gs = gs,
    their_start = their_start, their_id = their_id, their_user = their_user, their_gs = their_gs,
    their_card = their_card,
  }
end

-- What keeps somebody from joining; nil if nothing does.
local function obstacle(request, seat)
  if redis.call('EXISTS', seat) == 1 then
    return 'seated'
  end
  -- What lacks one of these nobody can read: it is no request.
  local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode')
  if lives(held[1]) and tonumber(held[2]) and held[3] then
    return 'already_queued'
  end
end

-- The reply of the first time was lost.
local function is_very_request(one)
  local held = redis.call('HMGET', one.request, 'start_time', 'gs', 'mode')
  return held[1] == one.start_ms and held[2] == one.gs and held[3] == mode
end

-- The second answer: whether he was let in before.
local function judge_wait(one)
  if redis.call('EXISTS', one.request, one.seat) == 0 then
    return 'queued'
  end
  local found = obstacle(one.request, one.seat)
  if found == 'already_queued' and is_very_request(one) then
    return 'queued', true
  end
  return found or 'queued'
end

-- Nearly always nothing is in the way, and one question tells.
local function is_way_free(one)
  if one.kind == 'pairs' then
    return redis.call('EXISTS', one.request, one.seat, one.their_request, one.their_seat) == 0
  end
  return redis.call('EXISTS', one.request, one.seat, one.their_seat) == 0
end

local function obstacle_of_either(one)
  local seekers = obstacle(one.request, one.seat)
  if seekers then
    return seekers
  end
  local theirs = obstacle(one.their_request, one.their_seat)
  if theirs == 'seated' or theirs and one.kind == 'pairs' then
    return 'opponent_gone'
  end
end

-- The card is in step with the lists, the request is what counts.
local function still_waits(one, card_now)
  local held = redis.call('HMGET', one.their_request, 'start_time', 'mode', 'gs')
  return card_now == one.their_card and lives(one.their_start)
    and held[1] == one.their_start and held[2] == mode and held[3] == one.their_gs
end

-- The second answer: whether it was claimed before.
local function judge_match(one, card_now)
  if not is_way_free(one) then
    if redis.call('GET', one.seat) == one.id then
      return 'claimed', true
    end
    local found = obstacle_of_either(one)
    if found then
      return found
    end
  end
  if one.kind == 'meets' and not still_waits(one, card_now) then
    return 'opponent_gone'
  end
  return 'claimed'
end

local asked, char_ids = {}, {}
local key, arg = 6, 6
while ARGV[arg] do
  local one
  if ARGV[arg] == 'waits' then
    one = wait_at(key, arg)
    key, arg = key + 2, arg + 2
  else
    one = match_at(key, arg)
    key, arg = key + 7, arg + 4
    char_ids[#char_ids + 1] = one.their_id
  end
  char_ids[#char_ids + 1] = one.char_id
  asked[#asked + 1] = one
end

-- Raises before anything is changed, should one of the lists hold something foreign.
redis.call('ZCARD', queue)
redis.call('ZCARD', since)
redis.call('ZCARD', line)
redis.call('ZCARD', matches)
-- A newcomer, too, may have a card: of a wait that nobody ended when it was over.
local held, held_card = redis.call('HMGET', cards, unpack(char_ids)), {}
for index, char_id in ipairs(char_ids) do
  -- What is absent is false to a server and something else to the stand-in.
  if type(held[index]) == 'string' then
    held_card[char_id] = held[index]
  end
end

local words, waits, seatings = {}, {}, {}
for index, one in ipairs(asked) do
  local word, is_done
  if one.kind == 'waits' then
    word, is_done = judge_wait(one)
    if word == 'queued' and not is_done then
      waits[#waits + 1] = one
    end
  else
    word, is_done = judge_match(one, held_card[one.their_id])
    if word == 'claimed' and not is_done then
      seatings[#seatings + 1] = one
    end
  end
  words[index] = word
end

-- The matches first: a foreign value in the place of one is met while none is listed yet.
local gone, gone_cards, over, listed = {}, {}, {}, {}
local function goes(char_id, request)
  gone[#gone + 1], over[#over + 1] = char_id, request
  gone_cards[#gone_cards + 1] = held_card[char_id]
end
for index, one in ipairs(seatings) do
  redis.call('HSET', one.match, 'mode', mode, 'claimed_at', now_ms,
    'seeker_char', one.char_id, 'seeker_user', one.user_id,
    'seeker_gs', one.gs, 'seeker_start', one.start_ms,
    'opponent_char', one.their_id, 'opponent_user', one.their_user,
    'opponent_gs', one.their_gs, 'opponent_start', one.their_start)
  redis.call('PEXPIRE', one.match, seat_ttl_ms)
  listed[2 * index - 1], listed[2 * index] = now_ms, one.id
  goes(one.char_id, one.request)
  goes(one.their_id, one.their_request)
end

-- What of the lists goes, and what comes: each list is written once, however many they are.
local by_gs, by_start, by_card, new_cards = {}, {}, {}, {}
for index, one in ipairs(waits) do
  local first, second = 2 * index - 1, 2 * index
  by_gs[first], by_gs[second] = one.gs, one.char_id
  by_start[first], by_start[second] = one.start_ms, one.char_id
  by_card[first], by_card[second] = one.gs, one.card
  new_cards[first], new_cards[second] = one.char_id, one.card
  goes(one.char_id, one.request)
end

if #gone > 0 then
  redis.call('ZREM', queue, unpack(gone))
  redis.call('ZREM', since, unpack(gone))
  redis.call('DEL', unpack(over))
end
if #gone_cards > 0 then
  redis.call('HDEL', cards, unpack(gone))
  redis.call('ZREM', line, unpack(gone_cards))
end
if #listed > 0 then
  redis.call('ZADD', matches, unpack(listed))
end
if #by_gs > 0 then
  redis.call('ZADD', queue, unpack(by_gs))
  redis.call('ZADD', since, unpack(by_start))
  redis.call('ZADD', line, unpack(by_card))
  redis.call('HSET', cards, unpack(new_cards))
end

for _, one in ipairs(seatings) do
  redis.call('SET', one.seat, one.id, 'PX', seat_ttl_ms)
  redis.call('SET', one.their_seat, one.id, 'PX', seat_ttl_ms)
  redis.call('SET', one.last_opponent, one.their_id, 'PX', opponent_ttl_ms)
  redis.call('SET', one.their_last, one.char_id, 'PX', opponent_ttl_ms)
end
for _, one in ipairs(waits) do
  redis.call('HSET', one.request,
    'start_time', one.start_ms, 'gs', one.gs, 'mode', mode, 'user_id', one.user_id)
  redis.call('PEXPIRE', one.request, request_ttl_ms)
end
return table.concat(words, ' ')
