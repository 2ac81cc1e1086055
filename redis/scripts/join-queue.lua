-- A character joins the arena: takes the best opponent who waits and claims both, or takes a place in
-- the queue. The rule is that of rankOpponents in domains/arena/matchmaking.ts.
--
-- The opponent is not known beforehand: the keys of an opponent's request, seat and last opponent are
-- built from prefixes in ARGV. They have the hash tag of the declared keys, so one server holds them all.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  matches   zset, by time of the claim, ms
--   4  match     hash, to be written if there is an opponent
--   5  request   hash, the character's
--   6  seat      string, the character's
--   7  last opponent   string, the character's
-- ARGV
--   1  request_prefix, 2  seat_prefix, 3  opponent_prefix     of another character's keys
--   4  char_id
--   5  user_id           '' if unknown
--   6  mode
--   7  gs
--   8  now_ms            since the epoch; also the start of the wait
--   9  request_ttl_ms
--   10 seat_ttl_ms       also the life of the match
--   11 opponent_ttl_ms   life of "last opponent"
--   12 match_id          of the match if there is one
--   13 around_gs, 14 min_gs, 15 max_gs     where opponents can be; whole, bounds included
--   16 near              how many candidates are looked at each way
--   17 widening          "after_ms:share,…" in order of time: the window after so long a wait
--   18 never             ids of characters that are not taken: ",7,12," or ","
-- Replies
--   queued           the character waits now; also if this very request was made before
--   already_queued   another unexpired request of the character exists; nothing was changed
--   seated           a match or a battle holds the character; nothing was changed
--   claimed          both are seated; after it, behind "|": char_id, user_id, gs and start_ms of the
--                    opponent; also if this match had been claimed before
-- Never takes one side alone, never replaces an unexpired request, never takes an expired one.

local queue, since, matches, match = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local request, seat, last_opponent = KEYS[5], KEYS[6], KEYS[7]
local request_prefix, seat_prefix, opponent_prefix = ARGV[1], ARGV[2], ARGV[3]
local mode, never, match_id, near = ARGV[6], ARGV[18], ARGV[12], tonumber(ARGV[16])
local now_ms, request_ttl_ms = tonumber(ARGV[8]), tonumber(ARGV[9])
local seat_ttl_ms, opponent_ttl_ms = ARGV[10], ARGV[11]

local own = {
  id = ARGV[4], user_id = ARGV[5], gs_text = ARGV[7], start_text = ARGV[8],
  number = tonumber(ARGV[4]), gs = tonumber(ARGV[7]), start_ms = now_ms,
}

-- Most queues are short: the first look takes a few candidates, the second all the others.
local FIRST_LOOK = 4

local function lives(start_ms)
  return start_ms and start_ms + request_ttl_ms > now_ms
end

local function claimed(id, user_id, gs, start_ms)
  return 'claimed' .. '|' .. table.concat({ id, user_id, gs, start_ms }, '|')
end

-- What keeps the character from joining, or what an earlier copy of this call did.
local function earlier_reply()
  local held_seat = redis.call('GET', seat)
  if held_seat == match_id then
    local other = redis.call('HMGET', match,
      'opponent_char', 'opponent_user', 'opponent_gs', 'opponent_start')
    if type(other[1]) == 'string' then
      return claimed(other[1], other[2], other[3], other[4])
    end
  end
  if type(held_seat) == 'string' then
    return 'seated'
  end
  local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode')
  if not lives(tonumber(held[1])) or not tonumber(held[2]) or type(held[3]) ~= 'string' then
    return nil
  end
  if held[1] == own.start_text and held[2] == own.gs_text and held[3] == mode then
    return 'queued'
  end
  return 'already_queued'
end

local steps = {}
for after_ms, share in string.gmatch(ARGV[17], '(%d+):([%d.]+)') do
  steps[#steps + 1] = { after_ms = tonumber(after_ms), share = tonumber(share) }
end

local function share_after(waited_ms)
  local share = 0
  for _, step in ipairs(steps) do
    if step.after_ms <= waited_ms then
      share = step.share
    end
  end
  return share
end

-- The window of the side that waits longer decides.
local function may_fight(other)
  if own.user_id ~= '' and own.user_id == other.user_id then
    return false
  end
  local judge, judged = own, other
  if other.start_ms < own.start_ms then
    judge, judged = other, own
  end
  local reach = judge.gs * share_after(math.max(0, now_ms - judge.start_ms))
  return judged.gs >= judge.gs - reach and judged.gs <= judge.gs + reach
end

local own_last
local function own_last_opponent()
  if own_last == nil then
    own_last = redis.call('GET', last_opponent) or ''
  end
  return own_last
end

-- The waiting character of this id as an opponent; nil if the two may not fight.
local function opponent_of(id)
  if not string.match(id, '^[1-9]%d*$') or id == own.id
    or string.find(never, ',' .. id .. ',', 1, true) then
    return nil
  end
  local held = redis.call('HMGET', request_prefix .. id, 'start_time', 'gs', 'mode', 'user_id')
  local other = {
    id = id, number = tonumber(id), gs_text = held[2], start_text = held[1],
    gs = tonumber(held[2]), start_ms = tonumber(held[1]),
    user_id = type(held[4]) == 'string' and held[4] or '',
  }
  if held[3] ~= mode or not other.gs or not lives(other.start_ms) or not may_fight(other) then
    return nil
  end
  local places = redis.call('MGET', seat_prefix .. id, opponent_prefix .. id)
  if type(places[1]) == 'string' then
    return nil
  end
  local just_fought = places[2] == own.id or own_last_opponent() == id
  other.again = just_fought and 1 or 0
  other.distance = math.abs(other.gs - own.gs)
  other.turn = other.number < own.number and 1 or 0
  return other
end

local function is_better(one, than)
  for _, field in ipairs({ 'again', 'distance', 'start_ms', 'turn' }) do
    if one[field] ~= than[field] then
      return one[field] < than[field]
    end
  end
  return one.number < than.number
end

local function direction(command, from, to)
  return { command = command, from = from, to = to, found = {}, at = 1, seen = 0 }
end

-- The next candidate that way, nearest first; nil after the last.
local function next_of(way)
  if way.at > #way.found and way.seen < near and not way.is_over then
    local count = way.seen == 0 and math.min(FIRST_LOOK, near) or near - way.seen
    way.found = redis.call(way.command, queue, way.from, way.to,
      'WITHSCORES', 'LIMIT', way.seen, count)
    way.is_over = #way.found < 2 * count
    way.seen, way.at = way.seen + count, 1
  end
  local id = way.found[way.at]
  if not id then
    return nil
  end
  return { id = id, distance = math.abs(tonumber(way.found[way.at + 1]) - own.gs) }
end

local function best_opponent()
  local up = direction('ZRANGEBYSCORE', ARGV[13], ARGV[15])
  local down = direction('ZREVRANGEBYSCORE', '(' .. ARGV[13], ARGV[14])
  local best
  while true do
    local above, below = next_of(up), next_of(down)
    local way, nearest = up, above
    if not above or below and below.distance < above.distance then
      way, nearest = down, below
    end
    -- The others are farther: none of them can be better.
    if not nearest or best and best.again == 0 and nearest.distance > best.distance then
      return best
    end
    way.at = way.at + 2
    local other = opponent_of(nearest.id)
    if other and (not best or is_better(other, best)) then
      best = other
    end
  end
end

local function wait()
  redis.call('ZADD', queue, own.gs_text, own.id)
  redis.call('ZADD', since, own.start_text, own.id)
  redis.call('HSET', request,
    'start_time', own.start_text, 'gs', own.gs_text, 'mode', mode, 'user_id', own.user_id)
  redis.call('PEXPIRE', request, ARGV[9])
end

local function claim(other)
  redis.call('ZREM', queue, other.id, own.id)
  redis.call('ZREM', since, other.id, own.id)
  redis.call('DEL', request_prefix .. other.id, request)
  redis.call('HSET', match, 'mode', mode, 'claimed_at', own.start_text,
    'seeker_char', own.id, 'seeker_user', own.user_id,
    'seeker_gs', own.gs_text, 'seeker_start', own.start_text,
    'opponent_char', other.id, 'opponent_user', other.user_id,
    'opponent_gs', other.gs_text, 'opponent_start', other.start_text)
  redis.call('PEXPIRE', match, seat_ttl_ms)
  redis.call('ZADD', matches, own.start_text, match_id)
  redis.call('SET', seat, match_id, 'PX', seat_ttl_ms)
  redis.call('SET', seat_prefix .. other.id, match_id, 'PX', seat_ttl_ms)
  redis.call('SET', last_opponent, other.id, 'PX', opponent_ttl_ms)
  redis.call('SET', opponent_prefix .. other.id, own.id, 'PX', opponent_ttl_ms)
end

if redis.call('EXISTS', request, seat) > 0 then
  local reply = earlier_reply()
  if reply then
    return reply
  end
  redis.call('DEL', request)
end

local opponent = best_opponent()
if not opponent then
  wait()
  return 'queued'
end
claim(opponent)
return claimed(opponent.id, opponent.user_id, opponent.gs_text, opponent.start_text)
