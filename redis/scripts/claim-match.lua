-- Moves two waiting characters, or one against the Shadow, from the queue to seats of the match.
-- Both or neither: each must still have the request that the pairing was decided on, unexpired and
-- in this mode, a queue entry, and no seat.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  match     hash, written by this script
--   4  matches   zset, by time of the claim, ms
--   5  sides     string, the char_ids of both
--   6  request, 7  seat, 8  last opponent    of the seeker
--   9  request, 10 seat, 11 last opponent    of the opponent; absent for the Shadow
-- ARGV
--   1  match_id
--   2  mode
--   3  claimed_at_ms     since the epoch; also the current time
--   4  request_ttl_ms
--   5  seat_ttl_ms       also the TTL of the match
--   6  opponent_ttl_ms   TTL of "last opponent"
--   7  char_id, 8  user_id, 9  gs, 10 start_ms     of the seeker; user_id '' if unknown
--   11 char_id, 12 user_id, 13 gs, 14 start_ms     of the opponent; absent for the Shadow
-- Replies
--   claimed         the match exists and both are seated; also for a repeated call
--   seeker_gone     the seeker's request has changed; the opponent is unchanged
--   opponent_gone   the opponent's request has changed; the seeker is unchanged
-- Never claims one of two sides. Removes a queue entry that it finds expired or of a seated character.

local queue, since, match, matches, sides = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local match_id, mode, claimed_at_ms, request_ttl_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local seat_ttl_ms, opponent_ttl_ms = ARGV[5], ARGV[6]

local function side_at(role, first_key, first_arg)
  return {
    role = role,
    request = KEYS[first_key],
    seat = KEYS[first_key + 1],
    last_opponent = KEYS[first_key + 2],
    char_id = ARGV[first_arg],
    user_id = ARGV[first_arg + 1],
    gs = ARGV[first_arg + 2],
    start_ms = ARGV[first_arg + 3],
  }
end

local function leave_queue(side)
  redis.call('ZREM', queue, side.char_id)
  redis.call('ZREM', since, side.char_id)
end

local function waits(side)
  local held = redis.call('HMGET', side.request, 'start_time', 'mode', 'gs')
  local in_mode = held[2] == mode
  local began_ms = tonumber(held[1])
  local lives = began_ms and began_ms + tonumber(request_ttl_ms) > tonumber(claimed_at_ms)
  if redis.call('EXISTS', side.seat) == 1 or not in_mode or not lives then
    leave_queue(side)
    if in_mode then
      redis.call('DEL', side.request)
    end
    return false
  end
  return held[1] == side.start_ms
    and held[3] == side.gs
    and redis.call('ZSCORE', queue, side.char_id) ~= false
end

local function take(side)
  leave_queue(side)
  redis.call('DEL', side.request)
  redis.call('SET', side.seat, match_id, 'PX', seat_ttl_ms)
  redis.call('HSET', match,
    side.role .. '_char', side.char_id, side.role .. '_user', side.user_id,
    side.role .. '_gs', side.gs, side.role .. '_start', side.start_ms)
end

local seeker = side_at('seeker', 6, 7)
local opponent = ARGV[11] and side_at('opponent', 9, 11)

if redis.call('GET', seeker.seat) == match_id then
  return 'claimed'
end
if not waits(seeker) then
  return 'seeker_gone'
end
if opponent and (opponent.char_id == seeker.char_id or not waits(opponent)) then
  return 'opponent_gone'
end

redis.call('HSET', match, 'mode', mode, 'claimed_at', claimed_at_ms)
take(seeker)
if opponent then
  take(opponent)
  redis.call('SET', seeker.last_opponent, opponent.char_id, 'PX', opponent_ttl_ms)
  redis.call('SET', opponent.last_opponent, seeker.char_id, 'PX', opponent_ttl_ms)
end
local char_ids = opponent and seeker.char_id .. ',' .. opponent.char_id or seeker.char_id
redis.call('SET', sides, char_ids, 'PX', seat_ttl_ms)
redis.call('PEXPIRE', match, seat_ttl_ms)
redis.call('ZADD', matches, claimed_at_ms, match_id)
return 'claimed'
