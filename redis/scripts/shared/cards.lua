-- What the scripts share that write cards beside the queue, read them or take them away: stands before
-- their own text. Touches the keys that it is handed, and no others.

-- As redis/arena-cards.ts has it. Start first, to so many digits: cards of one gs stand in the line by
-- the start of their wait.
local function card_of(wait, last_opponent)
  local start = string.sub('0000000000000', #wait.start_ms + 1) .. wait.start_ms
  -- What else may stand there would make the card one that nobody can read.
  local last = string.match(redis.call('GET', last_opponent) or '', '^%d+$') or ''
  if #last > 15 then
    last = ''
  end
  return table.concat({ start, wait.char_id, wait.user_id, wait.gs, last }, ',')
end

-- As a card says it: start_ms, char_id, user_id, gs.
local function read_card(card)
  return string.match(card, '^0*(%d+),(%d+),([^,]*),([^,]*),')
end

local function gs_in(card)
  return string.match(card, ',([^,]*),[^,]*$')
end

local function take_card(cards, line, char_id)
  local card = redis.call('HGET', cards, char_id)
  if card then
    redis.call('ZREM', line, card)
    redis.call('HDEL', cards, char_id)
  end
end

local function put_card(cards, line, wait, last_opponent)
  local card = card_of(wait, last_opponent)
  take_card(cards, line, wait.char_id)
  redis.call('ZADD', line, wait.gs, card)
  redis.call('HSET', cards, wait.char_id, card)
end
