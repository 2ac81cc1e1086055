import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isReplyError } from '../../../redis/documents/reply-error.ts';
import { type RecordedReply, recordedScenarios } from '../../support/json-replies.ts';
import { type Dialect, type JsonServer, startJsonServer } from '../../support/redis-json-server.ts';

/** The model server of the other tests must reply as real servers did. */
describe.each<Dialect>(['redisjson', 'valkey'])('the JSON server of the tests as %s', (dialect) => {
  let server: JsonServer;
  let client: Redis;

  beforeAll(async () => {
    server = await startJsonServer(dialect);
    client = new Redis(server.url);
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });
  beforeEach(() => client.flushall());

  test.each(recordedScenarios)('answers as recorded: $scenario', async ({ steps }) => {
    for (const { command, reply, redisjson } of steps) {
      const recorded = dialect === 'redisjson' ? (redisjson ?? reply) : reply;
      const [name = '', ...args] = command;
      const answer: unknown = await client.call(name, ...args).catch(asError);
      expect({ command, answer: plain(answer) }).toEqual({ command, answer: expected(recorded) });
    }
  });
});

function asError(error: unknown): unknown {
  if (isReplyError(error)) return 'an error';
  throw error;
}

/** JSON text as its value, anything else unchanged. */
function plain(answer: unknown): unknown {
  if (typeof answer !== 'string' || !/^[[{]/.test(answer)) return answer;
  return { json: JSON.parse(answer) as unknown };
}

function expected(recorded: RecordedReply): unknown {
  switch (recorded.type) {
    case 'nil':
      return null;
    case 'error':
      return 'an error';
    case 'string':
    case 'integer':
      return plain(recorded.value);
  }
}
