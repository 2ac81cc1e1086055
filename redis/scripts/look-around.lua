-- Cards of who waits around each of those who want to join, and whom each of these fought last.
--
-- KEYS
--   1  queue     zset, by gs
--   2  line      zset of cards, by gs
--   then, for each who wants to join, his last opponent: string
-- ARGV
--   1  near      how many cards are wanted each way
--   then, for each who wants to join: "gs,min_gs,max_gs"; the latter two whole, bounds included
-- Replies
--   all    whoever waits has a card; after it for each, behind "|": last opponent ("?" where it is
--          no id), "|", cards from his gs up, each after a blank, "|", cards below it from near to
--          far; where cards of one gs alone fill the number, those whose wait began first, and none
--          below where that gs is his own
--   some   somebody who waits has no card; after it for each, behind "|": last opponent, "||"
-- Never changes anything, never chooses.

local queue, line, near = KEYS[1], KEYS[2], ARGV[1]
local unpack = unpack or table.unpack

-- Anything else could hold what the parts of this reply are told apart by.
local function id_in(text)
  if string.match(text, '^%d+$') and #text <= 15 then
    return text
  end
  return '?'
end

-- The line runs backwards from here, so that equals would come by the end of it: the latest first.
local function cards_below(gs, min_gs)
  local found = redis.call('ZREVRANGEBYSCORE', line, '(' .. gs, min_gs, 'LIMIT', 0, near)
  local count = #found
  if count == tonumber(near) and gs_in(found[1]) == gs_in(found[count]) then
    local nearest = gs_in(found[1])
    return redis.call('ZRANGEBYSCORE', line, nearest, nearest, 'LIMIT', 0, near)
  end
  return found
end

local function word_for(waiting, known)
  if waiting ~= known then
    return 'some'
  end
  return 'all'
end

local known = redis.call('ZCARD', line)
local word = word_for(redis.call('ZCARD', queue), known)
local last_opponents = redis.call('MGET', unpack(KEYS, 3))
-- Put together once: what is put together is read through by Lua each time.
local told = { word }
local function tell(text)
  told[#told + 1] = text
end

local function tell_all(found)
  for _, card in ipairs(found) do
    tell(' ')
    tell(card)
  end
end

for index = 1, #KEYS - 2 do
  tell('|')
  -- What is absent is false to a server and something else to the stand-in.
  if type(last_opponents[index]) == 'string' then
    tell(id_in(last_opponents[index]))
  end
  tell('|')
  if word == 'all' and known > 0 then
    local gs, min_gs, max_gs = string.match(ARGV[index + 1], '^(.-),(.-),(.-)$')
    local up = redis.call('ZRANGEBYSCORE', line, gs, max_gs, 'LIMIT', 0, near)
    tell_all(up)
    tell('|')
    local farthest = up[tonumber(near)]
    if not farthest or gs_in(farthest) ~= gs then
      tell_all(cards_below(gs, min_gs))
    end
  else
    tell('|')
  end
end
return table.concat(told)
