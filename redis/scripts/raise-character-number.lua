-- Stores the highest character number that was ever given.
--
-- KEYS
--   1  highest character number   string
-- ARGV
--   1  number
-- Replies
--   highest   behind "|": the highest number, this one included
-- Never lowers the number. A number that is not higher writes nothing.

local highest = redis.call('GET', KEYS[1]) or '0'
if tonumber(ARGV[1]) > (tonumber(highest) or 0) then
  redis.call('SET', KEYS[1], ARGV[1])
  highest = ARGV[1]
end
return 'highest' .. '|' .. highest
