-- Stores which bot uses these keys, unless another bot does.
--
-- KEYS
--   1  bot id   string
-- ARGV
--   1  bot_id
--   2  ttl_s    TTL of the id
-- Replies
--   held     the keys are this bot's
--   other    another bot uses them; behind "|": its id; nothing was changed
-- Never replaces the id of another bot.

local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
  return 'other' .. '|' .. held
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 'held'
