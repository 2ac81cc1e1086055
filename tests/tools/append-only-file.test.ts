import { expect, test } from 'vitest';
import { commandsIn } from '../../tools/chaos/battle-history.ts';

const FLUSH = '*1\r\n$8\r\nFLUSHALL\r\n';

test('commands before an unfinished end are read', () => {
  const file = Buffer.from(`#TS:1\r\n${FLUSH}${FLUSH}*2\r\n$3\r\nDE`);
  expect([...commandsIn(file)]).toEqual([['FLUSHALL'], ['FLUSHALL']]);
});

test('a file of another kind is refused', () => {
  expect(() => [...commandsIn(Buffer.from('REDIS0010\r\n'))]).toThrow('not an append-only file');
});
