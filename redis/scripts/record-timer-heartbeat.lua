-- Somebody looks after the clocks. Where nobody has for long, that time is kept as the last outage:
-- whoever looks next makes up for it as well, should this process die before it is done.
--
-- KEYS
--   1  beat      hash: at, when somebody last looked; from and to, the last outage; ms since the epoch
-- ARGV
--   1  now_ms    since the epoch
--   2  away_ms   longer than this without a look is an outage; '' where there can be none
--   3  join_ms   outages that are no further apart are one: who made up for the first may not have
--                come to every battle
-- Replies
--   first   nobody has ever looked
--   later   somebody has looked at a later time than now; nothing was changed
--   moved   now is the time of the last look
--   back    so it is, and an outage has ended by it
-- Never goes back, and keeps nothing that is no number.

local now_ms, away_ms, join_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

-- Before there were outages to keep, the beat was a string. Redis tells a type in a table.
local kind = redis.call('TYPE', KEYS[1])
if (type(kind) == 'table' and kind.ok or kind) == 'string' then
  local at = redis.call('GET', KEYS[1])
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'at', at)
end

local held = tonumber(redis.call('HGET', KEYS[1], 'at') or '')
if held and held > now_ms then
  return 'later'
end
redis.call('HSET', KEYS[1], 'at', ARGV[1])
if not held then
  return 'first'
end
if not away_ms or now_ms - held <= away_ms then
  return 'moved'
end
local last = redis.call('HMGET', KEYS[1], 'from', 'to')
local last_from, last_to = tonumber(last[1] or ''), tonumber(last[2] or '')
local is_same = last_from and last_to and held - last_to <= join_ms
local from = is_same and last_from or held
redis.call('HSET', KEYS[1], 'from', string.format('%.0f', from), 'to', ARGV[1])
return 'back'
