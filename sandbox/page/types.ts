/** The JSON of the control API, and the types of the page. */

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
}

export interface Button {
  readonly text: string;
  readonly action: string;
  readonly data: string | null;
  readonly url: string | null;
  readonly style: 'danger' | 'success' | 'primary' | null;
  readonly copy_text: string | null;
}

export interface Photo {
  readonly file_id: string;
  readonly width: number;
  readonly height: number;
  readonly has_spoiler: boolean;
  readonly is_caption_above: boolean;
}

export interface Message {
  readonly message_id: number;
  readonly from: 'bot' | 'person';
  readonly kind: 'text' | 'photo' | 'document' | 'sticker' | 'pin';
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly photo: Photo | null;
  readonly document: { readonly file_id: string; readonly file_name: string } | null;
  readonly pinned_id: number | null;
  readonly buttons: readonly (readonly Button[])[];
  readonly date_s: number;
  readonly edit_date_s: number | null;
  readonly is_silent: boolean;
  readonly reply_to_id: number | null;
  readonly reactions: readonly string[];
}

export interface Toast {
  readonly callback_query_id: string;
  readonly text: string;
  readonly is_alert: boolean;
  readonly url: string | null;
}

export type ReplyKeyboard = readonly (readonly string[])[] | null;

export type ChatEvent = { readonly event_id: number; readonly at_ms: number } & (
  | { readonly kind: 'sent' | 'edited'; readonly message: Message }
  | { readonly kind: 'deleted' | 'pinned' | 'unpinned'; readonly message_id: number }
  | { readonly kind: 'toast'; readonly toast: Toast }
  | { readonly kind: 'keyboard'; readonly labels: ReplyKeyboard }
  | { readonly kind: 'action'; readonly action: string }
  | {
      readonly kind: 'reaction';
      readonly message_id: number;
      readonly reactions: readonly string[];
    }
);

export interface Chat {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly pinned_message_ids: readonly number[];
  readonly reply_keyboard: ReplyKeyboard;
}

export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly language_code: string | null;
  readonly has_started: boolean;
  readonly has_blocked_bot: boolean;
}

export interface Command {
  readonly command: string;
  readonly description: string;
}

export interface BotInfo {
  readonly name: string;
  readonly username: string;
  readonly description: string;
  readonly short_description: string;
  readonly commands: readonly Command[];
}

export interface Call {
  readonly call_id: number;
  readonly at_ms: number;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: unknown;
  readonly took_ms: number;
  readonly fault: string | null;
}

/** A fault as it is requested and listed. */
export interface Fault {
  readonly fault_id?: number;
  readonly method: string;
  readonly kind: string;
  readonly share?: number;
  readonly times?: number | null;
  readonly times_left?: number | null;
  readonly chat_id?: number;
  readonly retry_after?: number;
  readonly error_code?: number;
  readonly when?: string;
  readonly delay_ms?: number;
}

export interface FaultState {
  readonly faults: readonly Fault[];
  readonly isDoubling: boolean;
  readonly isTraffic: boolean;
}

export type Connection = 'connecting' | 'open' | 'lost';

export interface Settings {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly language: 'en' | 'ru';
  readonly isSounding: boolean;
  readonly isDrawerOpen: boolean;
  readonly drawerTab: 'calls' | 'faults';
  /** Whose phones are shown, from left to right. */
  readonly phones: readonly number[];
}

/** A text cut at its entities. */
export type RichNode =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'entity';
      readonly entity: Entity;
      /** What the entity covers, plain. */
      readonly text: string;
      readonly children: readonly RichNode[];
    };
