-- Records that the timers of battles are being checked. A longer gap is stored as the last downtime, so
-- that the next process compensates it as well, should this one die before it has finished.
--
-- KEYS
--   1  heartbeat   hash: at, the last check; from and to, the last downtime; ms since the epoch
-- ARGV
--   1  now_ms         since the epoch
--   2  max_gap_ms     a longer gap between checks is a downtime
--   3  merge_gap_ms   downtimes no further apart are one: the first may not be compensated everywhere
-- Replies
--   first      there was no earlier check
--   stale      there was a later check; nothing was changed
--   recorded   now is the time of the last check
--   resumed    the same, and a downtime has ended
-- Never goes back in time, never stores anything but numbers.

local now_ms, max_gap_ms, merge_gap_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

-- Release 0.1.0 stored a string. Redis replies to TYPE with a table, the in-process Redis with text.
local kind = redis.call('TYPE', KEYS[1])
if (type(kind) == 'table' and kind.ok or kind) == 'string' then
  local at = redis.call('GET', KEYS[1])
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'at', at)
end

local held = tonumber(redis.call('HGET', KEYS[1], 'at') or '')
if held and held > now_ms then
  return 'stale'
end
redis.call('HSET', KEYS[1], 'at', ARGV[1])
if not held then
  return 'first'
end
if now_ms - held <= max_gap_ms then
  return 'recorded'
end
local last = redis.call('HMGET', KEYS[1], 'from', 'to')
local last_from, last_to = tonumber(last[1] or ''), tonumber(last[2] or '')
local is_same = last_from and last_to and held - last_to <= merge_gap_ms
local from = is_same and last_from or held
redis.call('HSET', KEYS[1], 'from', string.format('%.0f', from), 'to', ARGV[1])
return 'resumed'
