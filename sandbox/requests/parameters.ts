export interface UploadedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Ids have at most 52 bits, and no longer number is rounded to one of those. */
const INTEGER = /^\s*(-?\d+)/;

/**
 * The parameters of a request. The Bot API reads all of them as text; objects and numbers of a JSON body are their JSON.
 * So `reply_markup` may be an object or a string that holds one.
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;
  readonly #files: ReadonlyMap<string, UploadedFile>;

  constructor(
    values: ReadonlyMap<string, string>,
    files: ReadonlyMap<string, UploadedFile> = new Map(),
  ) {
    this.#values = values;
    this.#files = files;
  }

  without(name: string): Parameters {
    const values = new Map(this.#values);
    values.delete(name);
    return new Parameters(values, this.#files);
  }

  /** The names of all parameters except files, whose names are free. */
  names(): string[] {
    return [...this.#values.keys()];
  }

  /** '' when it is missing. */
  text(name: string): string {
    return this.#values.get(name) ?? '';
  }

  /** The number at the beginning of the text, 0 without one; null when the parameter is missing. */
  integer(name: string): number | null {
    const text = this.text(name);
    return text === '' ? null : Number(INTEGER.exec(text)?.[1] ?? 0);
  }

  /** Telegram clamps such numbers instead of refusing them. */
  clamped(name: string, limits: { fallback: number; min: number; max: number }): number {
    const value = this.integer(name) ?? limits.fallback;
    return Math.min(Math.max(value, limits.min), limits.max);
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).trim().toLowerCase());
  }

  /** The decoded value, or undefined when the parameter is missing or empty. Throws `refusal()` when it is no JSON. */
  json(name: string, refusal: () => Error): unknown {
    const text = this.text(name);
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw refusal();
    }
  }

  /** A file sent under this name, or under the name that `attach://name` gives. */
  file(name: string): UploadedFile | null {
    return this.attached(this.text(name)) ?? this.#files.get(name) ?? null;
  }

  /** The file that `attach://name` means. */
  attached(text: string): UploadedFile | null {
    const name = /^attach:\/\/(.+)$/s.exec(text)?.[1];
    return name === undefined ? null : (this.#files.get(name) ?? null);
  }

  /** All parameters as one object for the call log: JSON is decoded, files are their names. */
  toRecord(): Record<string, unknown> {
    const files = [...this.#files].map(([name, file]) => [name, `(file ${file.fileName})`]);
    const values = [...this.#values].map(([name, text]) => [name, readable(text)]);
    return Object.fromEntries([...files, ...values]) as Record<string, unknown>;
  }
}

function readable(text: string): unknown {
  if (!/^[[{]|^(?:true|false|-?\d{1,16})$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
