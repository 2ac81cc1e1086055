-- Notes for a while whose keys these are, if they are nobody else's.
--
-- KEYS
--   1  bot id   string
-- ARGV
--   1  bot_id
--   2  ttl_s    the life of the note
-- Replies
--   held     the keys are this bot's
--   other    they are another's; after it, behind "|": its id; nothing was changed
-- Never replaces what another bot has noted.

local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
  return 'other' .. '|' .. held
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 'held'
