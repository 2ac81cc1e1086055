-- Deletes a claimed match: its battle exists, or its sides are restored.
--
-- KEYS
--   1  match     hash
--   2  matches   zset, by time of the claim, ms
-- ARGV
--   1  match_id
-- Replies
--   deleted   the match is gone
--   missing   it was deleted before; nothing was changed
-- Never frees a seat: the battle has the match's id, and both seats belong to it.

local match, matches = KEYS[1], KEYS[2]

local listed = redis.call('ZREM', matches, ARGV[1])
local held = redis.call('DEL', match)
if listed + held == 0 then
  return 'missing'
end
return 'deleted'
