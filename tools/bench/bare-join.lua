-- The baseline of the queue benchmark: one character joins and is matched in one step, with the same
-- writes as join-queue.lua and no rules but the nearest GearScore.
-- For the benchmark only: it builds the opponent's keys itself, which scripts of the game must not do.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  matches   zset, by time of the claim, ms
--   4  match     hash, to be written
--   5  request   hash, the character's
--   6  seat      string, the character's
-- ARGV
--   1  how             first: the first in range; nearest: nearest by gs
--   2  char_id, 3  user_id, 4  mode, 5  gs, 6  start_ms (also the current time)
--   7  min_gs, 8  max_gs
--   9  match_id
--   10 request_ttl_ms, 11 seat_ttl_ms, 12 opponent_ttl_ms
--   13 request_prefix, 14 seat_prefix, 15 opponent_prefix
-- Replies
--   queued, seated           as in join-queue.lua
--   the opponent's char_id   both are seated under the match
-- Ignores users, waiting times and last opponents.

local queue, since, matches, match, request, seat =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local how, char_id, user_id, mode, gs, start_ms =
  ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local min_gs, max_gs, match_id = ARGV[7], ARGV[8], ARGV[9]

local function first()
  return redis.call('ZRANGEBYSCORE', queue, min_gs, max_gs, 'LIMIT', 0, 1)[1]
end

local function nearest()
  local up = redis.call('ZRANGEBYSCORE', queue, gs, max_gs, 'WITHSCORES', 'LIMIT', 0, 1)
  local down = redis.call('ZREVRANGEBYSCORE', queue, '(' .. gs, min_gs, 'WITHSCORES', 'LIMIT', 0, 1)
  if not up[1] or not down[1] then
    return up[1] or down[1]
  end
  return tonumber(up[2]) - tonumber(gs) <= tonumber(gs) - tonumber(down[2]) and up[1] or down[1]
end

if redis.call('EXISTS', seat) == 1 then
  return 'seated'
end

local opponent = how == 'first' and first() or how == 'nearest' and nearest()
if not opponent then
  redis.call('HSET', request, 'start_time', start_ms, 'gs', gs, 'mode', mode, 'user_id', user_id)
  redis.call('PEXPIRE', request, ARGV[10])
  redis.call('ZADD', queue, gs, char_id)
  redis.call('ZADD', since, start_ms, char_id)
  return 'queued'
end

local their_request = ARGV[13] .. opponent
local theirs = redis.call('HMGET', their_request, 'user_id', 'gs', 'start_time')
redis.call('ZREM', queue, opponent)
redis.call('ZREM', since, opponent)
redis.call('DEL', their_request)
redis.call('HSET', match, 'mode', mode, 'claimed_at', start_ms,
  'seeker_char', char_id, 'seeker_user', user_id, 'seeker_gs', gs, 'seeker_start', start_ms,
  'opponent_char', opponent, 'opponent_user', theirs[1] or '', 'opponent_gs', theirs[2] or '',
  'opponent_start', theirs[3] or '')
redis.call('PEXPIRE', match, ARGV[11])
redis.call('SET', seat, match_id, 'PX', ARGV[11])
redis.call('SET', ARGV[14] .. opponent, match_id, 'PX', ARGV[11])
redis.call('SET', ARGV[15] .. char_id, opponent, 'PX', ARGV[12])
redis.call('SET', ARGV[15] .. opponent, char_id, 'PX', ARGV[12])
redis.call('ZADD', matches, start_ms, match_id)
return opponent
