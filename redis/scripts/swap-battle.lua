-- Replaces a battle's record if its version is still the expected one.
--
-- KEYS
--   1  battle     hash with version and state
-- ARGV
--   1  expected   version that must be stored
--   2  version    of the new record
--   3  state      the new record as JSON
-- Replies
--   swapped   the new record is stored, by this call or by an earlier copy of it
--   stale     another record was stored meanwhile; nothing was changed; behind "|": its state
--   missing   there is no such battle; nothing was changed
-- Never creates a battle, never changes its TTL.

local version = redis.call('HGET', KEYS[1], 'version')
if not version then
  return 'missing'
end
-- The client repeats a call whose reply was lost: the same record is its own.
if version ~= ARGV[1] then
  local state = redis.call('HGET', KEYS[1], 'state') or ''
  if version == ARGV[2] and state == ARGV[3] then
    return 'swapped'
  end
  return 'stale' .. '|' .. state
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3])
return 'swapped'
