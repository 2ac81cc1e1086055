-- Replaces, creates or deletes a text if it is still the expected one.
--
-- KEYS
--   1  text       string
-- ARGV
--   1  expected   the text that was read; empty: no such key
--   2  text       the new text; empty deletes the key
-- Replies
--   swapped   the text was stored or deleted
--   stale     the stored text differs or is missing; nothing was changed
-- Never changes the TTL, never takes an empty string for no key.

local held = redis.call('GET', KEYS[1])
if held ~= (ARGV[1] ~= '' and ARGV[1]) then
  return 'stale'
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
  return 'swapped'
end
local left_ms = redis.call('PTTL', KEYS[1])
redis.call('SET', KEYS[1], ARGV[2])
if left_ms >= 0 then
  redis.call('PEXPIRE', KEYS[1], left_ms)
end
return 'swapped'
