-- The server's time; in a cluster that of the node with the arena's keys, so that all ask one clock.
--
-- KEYS
--   1  place     any key of the arena: selects the node, and is not read
-- ARGV
-- Replies
--   now   behind "|": ms since the epoch, in digits
-- Never reads or writes a key.

local now = redis.call('TIME')
return 'now' .. '|' .. now[1] .. string.sub('000000' .. now[2], -6, -4)
