-- Frees the seat of a character whose battle has ended.
--
-- KEYS
--   1  seat    string, the character's
--   2  sides   string, the char_ids of the battle
-- ARGV
--   1  battle_id
-- Replies
--   freed      the seat was this battle's and is free
--   not_held   it was free or belongs to another battle; nothing was changed
-- Never frees a seat of another battle. Others of a lost battle are then freed by their next tap.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'not_held'
end
redis.call('DEL', KEYS[1], KEYS[2])
return 'freed'
