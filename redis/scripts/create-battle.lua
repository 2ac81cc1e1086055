-- Stores a new battle, once.
--
-- KEYS
--   1  battle    hash with version and state
-- ARGV
--   1  version   of the record
--   2  state     the record as JSON
-- Replies
--   created   it is stored
--   exists    the id is taken; nothing was changed
-- Never replaces a battle.

if redis.call('EXISTS', KEYS[1]) == 1 then
  return 'exists'
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'state', ARGV[2])
return 'created'
