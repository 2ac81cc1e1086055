-- Removes a queue entry whose request has expired, and the request if it is still stored.
--
-- KEYS
--   1  queue     zset, by gs
--   2  since     zset, by start of the wait, ms
--   3  request   hash, the character's
-- ARGV
--   1  char_id
--   2  mode
--   3  now_ms           since the epoch
--   4  request_ttl_ms
-- Replies
--   dropped   an entry was there and is gone
--   gone      there was none
--   waiting   an unexpired request in this mode exists; nothing was changed
-- Never deletes an unexpired request or one in another mode.

local queue, since, request = KEYS[1], KEYS[2], KEYS[3]
local char_id, mode, now_ms, request_ttl_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('HGET', request, 'mode') == mode then
  local began = tonumber(redis.call('HGET', request, 'start_time'))
  if began and began + tonumber(request_ttl_ms) > tonumber(now_ms) then
    return 'waiting'
  end
  redis.call('DEL', request)
end

local removed = redis.call('ZREM', queue, char_id) + redis.call('ZREM', since, char_id)
if removed == 0 then
  return 'gone'
end
return 'dropped'
