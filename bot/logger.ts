import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { factsOf } from './api-errors.ts';

export interface LoggerOptions {
  readonly level: string;
  /** Readable lines instead of JSON. */
  readonly readable: boolean;
}

/** Errors are reduced by `factsOf`: a network error can contain the bot's token. */
export function createLogger({ level, readable }: LoggerOptions): Logger {
  const options = { level, serializers: { err: factsOf }, base: null };
  return readable ? pino(options, readableStream()) : pino(options);
}

function readableStream(): DestinationStream {
  return pretty({
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });
}
