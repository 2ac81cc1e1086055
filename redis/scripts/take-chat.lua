-- Acquires the lock of a chat and reads the screen that the chat shows.
--
-- KEYS
--   1  lock     string, the token of the process that writes into the chat
--   2  screen   string, JSON
-- ARGV
--   1  token
--   2  lease_ms
-- Replies
--   taken   the caller has the lock; behind "|": the screen, empty if there is none
--   busy    another process writes into the chat; nothing was changed
-- Never takes a lock whose lease has not expired.

if not redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then
  return 'busy'
end
return 'taken' .. '|' .. (redis.call('GET', KEYS[2]) or '')
