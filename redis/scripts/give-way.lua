-- Removes a key that holds another type than it should: what is there cannot be ours.
--
-- KEYS
--   1  key    of whatever type
-- ARGV
--   1  type   that it should have, as TYPE says it
-- Replies
--   gave_way   a value of another type was there and is gone
--   stays      the type is right, or nothing is there; nothing was changed
-- Never removes a value of the right type, whoever wrote it meanwhile.

local found = redis.call('TYPE', KEYS[1])
-- A status reply is a table on a server and a text on the stand-in.
if type(found) == 'table' then
  found = found.ok
end
if found == 'none' or found == ARGV[1] then
  return 'stays'
end
redis.call('DEL', KEYS[1])
return 'gave_way'
