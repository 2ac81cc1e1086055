-- Stores the screen that a chat shows now, and frees the chat's lock.
--
-- KEYS
--   1  lock     string, the token of the process that writes into the chat
--   2  screen   string, JSON
-- ARGV
--   1  token
--   2  screen   to store; empty if it did not change
--   3  life_s   of the screen
-- Replies
--   released   the screen is stored, and the lock is free
--   lost       the lease expired and another process has the lock; nothing was changed
-- Never frees the lock of another process or replaces a screen that it may be changing.

local holder = redis.call('GET', KEYS[1])
if type(holder) == 'string' and holder ~= ARGV[1] then
  return 'lost'
end
if ARGV[2] ~= '' then
  redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
end
redis.call('DEL', KEYS[1])
return 'released'
