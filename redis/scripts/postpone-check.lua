-- Sets when a timer must look at a checked battle again, if the caller still has its lease.
--
-- KEYS
--   1  deadlines   zset, by when a timer must look at the battle, ms
-- ARGV
--   1  battle_id
--   2  until_ms    end of the caller's lease
--   3  due_ms      since the epoch
-- Replies
--   postponed   the battle is due at due_ms
--   changed     its time was changed meanwhile, as by its end; nothing was changed
-- Never delays a battle that has ended.

local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not held or tonumber(held) ~= tonumber(ARGV[2]) then
  return 'changed'
end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return 'postponed'
