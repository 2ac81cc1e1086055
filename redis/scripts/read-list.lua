-- Reads the first rows of a list and those around a character.
--
-- KEYS
--   1  list    zset, by number and when it was reached
--   2  names   hash, char_id to name as JSON
-- ARGV
--   1  char_id
--   2  how many rows from the first on
--   3  how many rows on each side of the character
--   4  what a number is multiplied by in a score
-- Replies
--   rows       then a bar, the number of characters above the first row around the character, a line feed, and
--              for each row a line: its index from 0, char_id, score, name. First the best ones, then those around
--              the character that are not among them.
--   missing    there is no such list
-- Never changes anything.

local unpack = unpack or table.unpack
local list, names = KEYS[1], KEYS[2]
local char_id, best, beside, unit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local ids, rows = {}, {}

local function add(first, last)
  local found = redis.call('ZREVRANGE', list, first, last, 'WITHSCORES')
  for at = 1, #found, 2 do
    ids[#ids + 1] = found[at]
    rows[#rows + 1] = string.format('%.0f', first + (at - 1) / 2) .. ' ' .. found[at] .. ' ' .. found[at + 1]
  end
  return found[2]
end

if not add(0, best - 1) then
  return 'missing'
end

local above = 0
local rank = redis.call('ZREVRANK', list, char_id)
if rank then
  local first, last = math.max(best, rank - beside), rank + beside
  local score = first <= last and add(first, last)
  if score then
    local next_number = (math.floor(tonumber(score) / unit) + 1) * unit
    above = redis.call('ZCOUNT', list, string.format('%.0f', next_number), '+inf')
  end
end

for at, name in ipairs(redis.call('HMGET', names, unpack(ids))) do
  rows[at] = rows[at] .. ' ' .. (name or '""')
end
return 'rows' .. '|' .. above .. '\n' .. table.concat(rows, '\n')
