import type { Json } from './json.ts';

export interface BotCommand {
  readonly command: string;
  readonly description: string;
}

export type ProfileText = 'name' | 'description' | 'shortDescription';

/** The bot's commands, texts and menu buttons; the language '' is the default. */
export class BotProfile {
  readonly #commands = new Map<string, readonly BotCommand[]>();
  readonly #texts = new Map<string, string>();
  readonly #menuButtons = new Map<number | null, Json>();

  /** `scope` includes the chat. Each scope and language has its own list. */
  setCommands(scope: string, language: string, commands: readonly BotCommand[]): void {
    const key = keyOf(scope, language);
    if (commands.length === 0) this.#commands.delete(key);
    else this.#commands.set(key, commands);
  }

  commands(scope: string, language: string): readonly BotCommand[] {
    return this.#commands.get(keyOf(scope, language)) ?? [];
  }

  setText(kind: ProfileText, language: string, text: string): void {
    this.#texts.set(keyOf(kind, language), text);
  }

  /** The text in this language, else the default one, else ''. */
  text(kind: ProfileText, language: string): string {
    const own = this.#texts.get(keyOf(kind, language)) ?? '';
    return own === '' ? (this.#texts.get(keyOf(kind, '')) ?? '') : own;
  }

  /** For one chat, or with null for all chats without their own. */
  setMenuButton(chatId: number | null, button: Json): void {
    if (button['type'] === 'default') this.#menuButtons.delete(chatId);
    else this.#menuButtons.set(chatId, button);
  }

  menuButton(chatId: number | null): Json {
    return (
      this.#menuButtons.get(chatId) ??
      (chatId === null ? { type: 'commands' } : { type: 'default' })
    );
  }
}

function keyOf(name: string, language: string): string {
  return `${name}/${language}`;
}
