-- A match is over because its battle exists.
--
-- KEYS
--   1  match     hash
--   2  matches   zset, by time of the claim, ms
-- ARGV
--   1  match_id
-- Replies
--   deleted   the match is gone
--   missing   it was settled or returned before; nothing was changed
-- Never touches a seat: the battle bears the match's id and keeps both.

local match, matches = KEYS[1], KEYS[2]

local listed = redis.call('ZREM', matches, ARGV[1])
local held = redis.call('DEL', match)
if listed + held == 0 then
  return 'missing'
end
return 'deleted'
