import type { Path, Reading } from '../../redis/documents/documents.ts';
import type { DocumentsUnderTest } from './document-engines.ts';
import type { RecordedStep } from './json-replies.ts';

/** Runs a recorded command through the interface; the result compares with `meaningOf`. */
export async function outcomeOf(
  { client, documents }: DocumentsUnderTest,
  command: string[],
): Promise<unknown> {
  const [name = '', key = '', ...rest] = command;
  const path = rest[0] as Path;
  switch (name) {
    case 'JSON.SET':
      return (await documents.set(key, path, JSON.parse(rest[1] ?? ''))) === 'written';
    case 'JSON.GET':
      return readingWord(await documents.get(key, path));
    case 'SET':
      return client.set(key, rest[0] ?? '');
    case 'EXISTS':
      return client.exists(key);
    case 'TYPE':
      return client.type(key);
    default:
      throw new Error(`unknown command in the fixture: ${name}`);
  }
}

function readingWord(reading: Reading): unknown {
  if (reading.kind === 'value') return { value: reading.value };
  return reading.kind === 'no_path' ? 'no_path' : 'nothing';
}

/** The meaning of a recorded reply, independent of the dialect and the engine. */
export function meaningOf(
  { engine }: DocumentsUnderTest,
  { command, reply }: RecordedStep,
): unknown {
  const [name = ''] = command;
  switch (name) {
    case 'JSON.SET':
      return reply.type === 'string';
    case 'JSON.GET':
      return readingMeaning(reply);
    case 'TYPE':
      return reply.type === 'string' && engine === 'lua' ? 'string' : valueOf(reply);
    default:
      return valueOf(reply);
  }
}

function readingMeaning(reply: { type: string; value?: unknown }): unknown {
  if (typeof reply.value !== 'string') return 'nothing';
  return reply.value === '[]' ? 'no_path' : { value: firstOf(reply.value) };
}

function firstOf(text: string): unknown {
  const matches = JSON.parse(text) as unknown[];
  return matches[0];
}

function valueOf(reply: RecordedStep['reply']): unknown {
  return 'value' in reply ? reply.value : reply.type;
}
