/** An object of the Bot API. */
export type Json = Readonly<Record<string, unknown>>;
