-- Replaces or deletes a part of a JSON document if it is still what it was read as.
--
-- KEYS
--   1  document   JSON, by the server's own module
-- ARGV
--   1  path       a definite one: $ or $.a.b
--   2  expected   the text that JSON.GET answered for the path
--   3  text       JSON to be there instead; empty deletes it, at $ the key as well
-- Replies
--   swapped   it is there instead, or gone
--   stale     something else is at the path, or nothing; nothing was changed
-- Never creates a document; never changes how long it lives, unless at $ and by Valkey's module.

if redis.call('JSON.GET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'stale'
end
if ARGV[3] == '' then
  redis.call('JSON.DEL', KEYS[1], ARGV[1])
else
  redis.call('JSON.SET', KEYS[1], ARGV[1], ARGV[3])
end
return 'swapped'
