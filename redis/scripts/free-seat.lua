-- A battle lets a character go.
--
-- KEYS
--   1  seat   string, the character's
-- ARGV
--   1  battle_id
-- Replies
--   freed      the seat was this battle's and is free
--   not_held   it was free or is something else's; nothing was changed
-- Never frees a seat that another battle has taken meanwhile.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'not_held'
end
redis.call('DEL', KEYS[1])
return 'freed'
