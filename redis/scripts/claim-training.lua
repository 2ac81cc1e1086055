-- Seats a character that neither waits nor fights in a match against its Shadow or a monster.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  match     hash, written by this script
--   4  matches   zset, by time of the claim, ms
--   5  request   hash, the character's
--   6  seat      string, the character's
-- ARGV
--   1  match_id
--   2  mode
--   3  claimed_at_ms    since the epoch; also the current time
--   4  request_ttl_ms
--   5  seat_ttl_ms      also the TTL of the match
--   6  level            of the Shadow, or which monster
--   7  char_id, 8  user_id, 9  gs     user_id '' if unknown
-- Replies
--   claimed          the match exists and the character is seated; also for a repeated call
--   already_queued   an unexpired request of the character exists; nothing was changed
--   seated           the character is in a match or a battle; nothing was changed
-- Never touches an unexpired request. Removes what an expired one has left.

local queue, since, match, matches = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local request, seat = KEYS[5], KEYS[6]
local match_id, mode, claimed_at_ms, request_ttl_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local seat_ttl_ms, level, char_id, user_id, gs = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]

local held_seat = redis.call('GET', seat)
if held_seat == match_id then
  return 'claimed'
end
if held_seat then
  return 'seated'
end
local held = redis.call('HMGET', request, 'start_time', 'gs', 'mode')
local began_ms = tonumber(held[1])
local lives = began_ms and began_ms + tonumber(request_ttl_ms) > tonumber(claimed_at_ms)
if lives and tonumber(held[2]) and held[3] then
  return 'already_queued'
end

redis.call('DEL', request)
redis.call('ZREM', queue, char_id)
redis.call('ZREM', since, char_id)
redis.call('HSET', match, 'mode', mode, 'claimed_at', claimed_at_ms, 'level', level,
  'seeker_char', char_id, 'seeker_user', user_id, 'seeker_gs', gs, 'seeker_start', claimed_at_ms)
redis.call('PEXPIRE', match, seat_ttl_ms)
redis.call('ZADD', matches, claimed_at_ms, match_id)
redis.call('SET', seat, match_id, 'PX', seat_ttl_ms)
return 'claimed'
