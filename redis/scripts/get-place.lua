-- Reads where a character is in the arena.
--
-- KEYS
--   1  request   hash, the character's
--   2  seat      string, the character's
-- ARGV
--   none
-- Replies
--   place   behind "|": the battle that the seat names, empty if there is none; then the fields
--           of the request, each with its value
-- Never changes anything.

local words = { redis.call('GET', KEYS[2]) or '' }
for _, word in ipairs(redis.call('HGETALL', KEYS[1])) do
  words[#words + 1] = word
end
return 'place' .. '|' .. table.concat(words, '|')
