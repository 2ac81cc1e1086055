import type { Log } from '../../domains/core/log.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export class RecordingLog implements Log {
  readonly lines: LogLine[] = [];
  #waiting: { message: string; found: () => void }[] = [];

  info(facts: LogLine['facts'], message: string): void {
    this.#note({ level: 'info', facts, message });
  }

  warn(facts: LogLine['facts'], message: string): void {
    this.#note({ level: 'warn', facts, message });
  }

  error(facts: LogLine['facts'], message: string): void {
    this.#note({ level: 'error', facts, message });
  }

  next(message: string): Promise<void> {
    return new Promise((found) => this.#waiting.push({ message, found }));
  }

  #note(line: LogLine): void {
    this.lines.push(line);
    const found = this.#waiting.filter(({ message }) => message === line.message);
    this.#waiting = this.#waiting.filter((one) => !found.includes(one));
    for (const one of found) one.found();
  }
}
