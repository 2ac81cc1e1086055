-- A character joins the arena: claims a match with the best waiting opponent, or enters the queue.
-- Opponents are ranked as by rankOpponents in domains/arena/matchmaking.ts.
--
-- The opponent is not known to the caller: the keys of the opponent are built from those of the
-- character. All have the same hash tag, so they are on one server.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  matches   zset, by time of the claim, ms
--   4  match     hash, written if there is an opponent
--   5  request   hash, the character's
--   6  seat      string, the character's
--   7  last opponent   string, the character's
--   8  sides           string, the char_ids of both, written if there is an opponent
--   9  blocked         string, the users whom the character's user has blocked
-- ARGV
--   1  char_id           keys 5 to 7 and 9 end with it
--   2  user_id           '' if unknown
--   3  mode
--   4  gs
--   5  now_ms            since the epoch; also the start of the wait
--   6  request_ttl_ms
--   7  seat_ttl_ms       also the TTL of the match
--   8  opponent_ttl_ms   TTL of "last opponent"
--   9  match_id          of the new match, if any
--   10 around_gs, 11 min_gs, 12 max_gs     range of opponents; integers, bounds included
--   13 near              how many candidates are read in each direction
--   14 widening          "after_ms:share,…" in order of time: the window after that wait
--   15 blocked           ids of users whom the character's user has blocked: ",7,12," or ","
-- Replies
--   queued           the character waits now; also for a repeated call
--   already_queued   another unexpired request of the character exists; nothing was changed
--   seated           the character is in a match or a battle; nothing was changed
--   claimed          both are seated; behind "|": char_id, user_id, gs and start_ms of the opponent;
--                    also for a repeated call
-- Never claims one of two sides, never replaces an unexpired request, never claims an expired one.
--
-- Lua creates every function of a script again per call, so code that runs once is in no function.

local queue, since, matches, match, request = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local seat, last_opponent, sides, blocked = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local own_id, own_user, mode, own_gs_text, now_text = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local own_gs, now_ms, request_ttl_ms = tonumber(own_gs_text), tonumber(now_text), tonumber(ARGV[6])
local match_id = ARGV[9]
local call = redis.call
local unpack = unpack or table.unpack

local function lives(start_ms)
  return start_ms and start_ms + request_ttl_ms > now_ms
end

-- The character cannot join, or this call is a copy of an earlier one.
if call('EXISTS', request, seat) > 0 then
  local held_seat = call('GET', seat)
  if held_seat == match_id then
    local other = call('HMGET', match,
      'opponent_char', 'opponent_user', 'opponent_gs', 'opponent_start')
    if type(other[1]) == 'string' then
      return 'claimed' .. '|' .. table.concat(other, '|')
    end
  end
  if type(held_seat) == 'string' then
    return 'seated'
  end
  local held = call('HMGET', request, 'start_time', 'gs', 'mode')
  if lives(tonumber(held[1])) and tonumber(held[2]) and type(held[3]) == 'string' then
    if held[1] == now_text and held[2] == own_gs_text and held[3] == mode then
      return 'queued'
    end
    return 'already_queued'
  end
  call('DEL', request)
end

-- The window of the side that has waited longer applies.
local function may_fight(gs, start_ms)
  local judge, judged, waited_ms, reach = own_gs, gs, 0, 0
  if start_ms < now_ms then
    judge, judged, waited_ms = gs, own_gs, now_ms - start_ms
  end
  for after_ms, share in string.gmatch(ARGV[14], '(%d+):([%d.]+)') do
    if tonumber(after_ms) > waited_ms then
      break
    end
    reach = judge * tonumber(share)
  end
  return judged >= judge - reach and judged <= judge + reach
end

local function prefix_of(own_key)
  return string.sub(own_key, 1, -1 - #own_id)
end

local request_prefix, seat_prefix = prefix_of(request), prefix_of(seat)
local opponent_prefix, blocked_prefix = prefix_of(last_opponent), prefix_of(blocked)
local blocked_users = ARGV[15]

local function lists(users, user_id)
  return type(users) == 'string' and string.find(users, ',' .. user_id .. ',', 1, true)
end

-- The waiting character of this id as an opponent; nil if the two may not be matched.
local function opponent_of(id)
  if id == own_id or not string.find(id, '^[1-9]%d*$') then
    return nil
  end
  local their_request, their_seat = request_prefix .. id, seat_prefix .. id
  local their_last = opponent_prefix .. id
  local held = call('HMGET', their_request, 'start_time', 'gs', 'mode', 'user_id')
  local start_ms, gs = tonumber(held[1]), tonumber(held[2])
  local user_id = type(held[4]) == 'string' and held[4] or ''
  if held[3] ~= mode or not gs or not lives(start_ms) or lists(blocked_users, user_id)
    or user_id == own_user and user_id ~= '' or gs ~= own_gs and not may_fight(gs, start_ms) then
    return nil
  end
  local about = call('MGET', their_seat, their_last, last_opponent, blocked_prefix .. id)
  if type(about[1]) == 'string' or lists(about[4], own_user) then
    return nil
  end
  return {
    id = id, user_id = user_id, gs = held[2], start = held[1],
    request = their_request, seat = their_seat, last = their_last,
    is_last = about[2] == own_id or about[3] == id,
  }
end

-- Most queues are short: read a few candidates first, then GROWTH times more with each call.
local FIRST_LOOK, GROWTH = 2, 4

-- The GearScore of the next candidate in that direction, nearest first, as text; nil after the last.
local function next_gs(way)
  if way.at > #way.found and way.left > 0 then
    local count = math.min(way.look, way.left)
    way.found = call(way.command, queue, way.from, way.to, 'WITHSCORES', 'LIMIT', way.seen, count)
    way.seen, way.at, way.look = way.seen + count, 1, way.look * GROWTH
    way.left = #way.found < 2 * count and 0 or way.left - count
  end
  return way.found[way.at + 1]
end

-- Takes all candidates of that GearScore; one more call reads those beyond the candidates read so far.
local function take(way, gs)
  local found, ids = way.found, {}
  repeat
    ids[#ids + 1] = found[way.at]
    way.at = way.at + 2
  until found[way.at + 1] ~= gs
  if way.at <= #found or way.left == 0 then
    return ids
  end
  local known = #ids
  ids = call(way.command, queue, gs, gs, 'LIMIT', 0, known + way.left)
  way.seen, way.left = way.seen + #ids - known, way.left + known - #ids
  return ids
end

local near = tonumber(ARGV[13])
local up = {
  command = 'ZRANGEBYSCORE', from = ARGV[10], to = ARGV[12],
  found = {}, at = 1, seen = 0, left = near, look = FIRST_LOOK,
}
local down = {
  command = 'ZREVRANGEBYSCORE', from = '(' .. ARGV[10], to = ARGV[11],
  found = {}, at = 1, seen = 0, left = near, look = FIRST_LOOK,
}

-- The nearest remaining candidates, all of one distance; none after the last.
local function nearest()
  local above, below = next_gs(up), nil
  local far_above = above and math.abs(tonumber(above) - own_gs) or math.huge
  -- ZRANGEBYSCORE upward includes the equal ones.
  if far_above > 0 then
    below = next_gs(down)
  end
  local far_below = below and own_gs - tonumber(below) or math.huge
  local ids = above and far_above <= far_below and take(up, above) or {}
  if below and far_below <= far_above then
    for _, id in ipairs(take(down, below)) do
      ids[#ids + 1] = id
    end
  end
  return ids
end

-- Among equals, ids follow the seeker's own and wrap around, so that seekers choose different ones.
local function is_before(one, other)
  local first, second, own = tonumber(one) or 0, tonumber(other) or 0, tonumber(own_id)
  if (first < own) ~= (second < own) then
    return second < own
  end
  return first < second
end

-- The index of the one who has waited longest; nil if none is left.
local function longest(ids, starts)
  local best, least
  for index = 1, #ids do
    -- Without an entry in `since`, the request may have the start.
    local id, start = ids[index], tonumber(starts[index])
    if id and not start then
      start = tonumber(call('HGET', request_prefix .. id, 'start_time'))
    end
    if id and start and (not best or start < least
      or start == least and is_before(id, ids[best])) then
      best, least = index, start
    end
  end
  return best
end

-- The best of those at one distance; the last opponent only if there is nobody else.
local function best_of(ids)
  if not ids[2] then
    return opponent_of(ids[1])
  end
  local starts, last = call('ZMSCORE', since, unpack(ids)), nil
  local at = longest(ids, starts)
  while at do
    local other = opponent_of(ids[at])
    if other and not other.is_last then
      return other
    end
    last, ids[at] = last or other, false
    at = longest(ids, starts)
  end
  return last
end

local opponent
local ids = nearest()
while ids[1] do
  local other = best_of(ids)
  if other and (not opponent or not other.is_last) then
    opponent = other
  end
  ids = opponent and not opponent.is_last and {} or nearest()
end

-- Also for a claim: if its battle is not created, the character waits again.
if blocked_users == ',' then
  call('DEL', blocked)
else
  call('SET', blocked, blocked_users, 'PX', ARGV[6])
end

if not opponent then
  call('ZADD', queue, own_gs_text, own_id)
  call('ZADD', since, now_text, own_id)
  call('HSET', request,
    'start_time', now_text, 'gs', own_gs_text, 'mode', mode, 'user_id', own_user)
  call('PEXPIRE', request, ARGV[6])
  return 'queued'
end

local id, user_id, gs, start = opponent.id, opponent.user_id, opponent.gs, opponent.start
local seat_ttl_ms, opponent_ttl_ms = ARGV[7], ARGV[8]
call('ZREM', queue, id, own_id)
call('ZREM', since, id, own_id)
call('DEL', opponent.request, request)
call('HSET', match, 'mode', mode, 'claimed_at', now_text,
  'seeker_char', own_id, 'seeker_user', own_user,
  'seeker_gs', own_gs_text, 'seeker_start', now_text,
  'opponent_char', id, 'opponent_user', user_id, 'opponent_gs', gs, 'opponent_start', start)
call('PEXPIRE', match, seat_ttl_ms)
call('ZADD', matches, now_text, match_id)
call('SET', sides, own_id .. ',' .. id, 'PX', seat_ttl_ms)
call('SET', seat, match_id, 'PX', seat_ttl_ms)
call('SET', opponent.seat, match_id, 'PX', seat_ttl_ms)
call('SET', last_opponent, id, 'PX', opponent_ttl_ms)
call('SET', opponent.last, own_id, 'PX', opponent_ttl_ms)
return 'claimed' .. '|' .. id .. '|' .. user_id .. '|' .. gs .. '|' .. start
