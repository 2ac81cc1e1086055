-- Replaces or deletes a part of a JSON document if it is still the expected text.
--
-- KEYS
--   1  document   JSON, stored by the server's module
-- ARGV
--   1  path       a definite one: $ or $.a.b
--   2  expected   the text that JSON.GET answered for the path
--   3  text       new JSON; empty deletes the part, at $ the key as well
-- Replies
--   swapped   the part was replaced or deleted
--   stale     the part differs or is missing; nothing was changed
-- Never creates a document; never changes its TTL, except at $ with Valkey's module.

if redis.call('JSON.GET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'stale'
end
if ARGV[3] == '' then
  redis.call('JSON.DEL', KEYS[1], ARGV[1])
else
  redis.call('JSON.SET', KEYS[1], ARGV[1], ARGV[3])
end
return 'swapped'
