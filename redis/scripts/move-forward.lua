-- Moves a moment forward, never back.
--
-- KEYS
--   1  moment    string, ms since the epoch
-- ARGV
--   1  now_ms    since the epoch, by the caller's clock
-- Replies
--   moved   the moment is now the caller's
--   later   a later one is held, by a clock that goes ahead; nothing was changed
-- Never keeps what is no number.

local held = tonumber(redis.call('GET', KEYS[1]) or '')
if held and held > tonumber(ARGV[1]) then
  return 'later'
end
redis.call('SET', KEYS[1], ARGV[1])
return 'moved'
