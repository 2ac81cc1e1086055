-- The server's time. In a cluster that of whoever holds the arena's keys, so that all ask one clock.
--
-- KEYS
--   1  place     any key of the arena: says whose time it is, and is not looked at
-- ARGV
-- Replies
--   now   what follows, after a bar: ms since the epoch, in digits
-- Never reads or writes a key.

local now = redis.call('TIME')
return 'now' .. '|' .. now[1] .. string.sub('000000' .. now[2], -6, -4)
