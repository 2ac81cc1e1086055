import type { Text } from './text.ts';

/** A file for a user, with the line below it. */
export interface FileToSend {
  readonly name: string;
  readonly content: string;
  readonly caption: Text;
}

/** A picture for a user: a PNG, or the id of a file that Telegram has. */
export interface PhotoToSend {
  readonly picture: Uint8Array | string;
  readonly caption: Text;
}

/** A message beside the user's screen; `quoted` is what somebody typed. */
export interface NoteToSend {
  readonly lines: readonly Text[];
  readonly quoted: string;
}

/**
 * What became of a message in bulk. `sent`: also without an answer, since it may have arrived. `unsent`: it never
 * reached Telegram, or Telegram asks to wait.
 */
export type BulkOutcome = 'sent' | 'blocked' | 'failed' | 'unsent';

/** Sends what stays in a user's chat when the screen changes. False: it could not be sent. */
export interface Messenger {
  sendFile(userId: number, file: FileToSend): Promise<boolean>;
  /** Answers the id of the file, with which it can be sent again; null: it could not be sent. */
  sendPhoto(userId: number, photo: PhotoToSend): Promise<string | null>;
  sendNote(userId: number, note: NoteToSend): Promise<boolean>;
  /** Without a sound, and after everything that answers players. */
  sendBulk(userId: number, message: string): Promise<BulkOutcome>;
}
