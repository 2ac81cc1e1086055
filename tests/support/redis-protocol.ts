/** A reply of the Redis protocol (RESP2); an `Error` is an error reply. */
export type Reply = string | number | null | Error | readonly Reply[];

export function encodeReply(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (reply instanceof Error) return `-${reply.message}\r\n`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
}

/** Splits a stream of bytes into commands, each an array of words. */
export class CommandReader {
  #unread = Buffer.alloc(0);

  read(chunk: Buffer): string[][] {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    const commands: string[][] = [];
    for (let next = this.#next(); next !== null; next = this.#next()) commands.push(next);
    return commands;
  }

  #next(): string[] | null {
    const head = this.#lineAt(0);
    if (head === null) return null;
    const words: string[] = [];
    let at = head.end;
    for (let left = sizeIn(head.line, '*'); left > 0; left -= 1) {
      const size = this.#lineAt(at);
      if (size === null) return null;
      const end = size.end + sizeIn(size.line, '$');
      if (this.#unread.length < end + 2) return null;
      words.push(this.#unread.toString('utf8', size.end, end));
      at = end + 2;
    }
    this.#unread = this.#unread.subarray(at);
    return words;
  }

  #lineAt(start: number): { line: string; end: number } | null {
    const stop = this.#unread.indexOf('\r\n', start);
    return stop < 0 ? null : { line: this.#unread.toString('utf8', start, stop), end: stop + 2 };
  }
}

function sizeIn(line: string, mark: string): number {
  if (!line.startsWith(mark)) throw new Error(`expected ${mark}<size>, got ${line}`);
  return Number(line.slice(1));
}
