-- Replaces a battle's record if it is still the one that the new record was made from.
--
-- KEYS
--   1  battle     hash with version and state
-- ARGV
--   1  expected   version that must be stored
--   2  version    of the new record
--   3  state      the new record as JSON
-- Replies
--   swapped   the new record is stored, by this call or by the same one sent before
--   stale     another record was stored meanwhile; nothing was changed
--   missing   there is no such battle; nothing was changed
-- Never creates a battle, never changes how long it lives.

local version = redis.call('HGET', KEYS[1], 'version')
if not version then
  return 'missing'
end
-- After a broken connection the client sends again what got no answer: nobody else made this very record.
if version == ARGV[2] and redis.call('HGET', KEYS[1], 'state') == ARGV[3] then
  return 'swapped'
end
if version ~= ARGV[1] then
  return 'stale'
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3])
return 'swapped'
