import { Translator } from '../../bot/translator.ts';
import type { Gender } from '../../domains/account/account-context.ts';
import { genderArg, text } from '../../domains/core/text.ts';
import type { Language, TextKey } from '../../resources/texts/index.ts';

export interface Reader {
  readonly language: Language;
  readonly name: string;
  readonly gender: Gender;
}

/** A text of a scenario as a player reads it. */
export function shown(key: TextKey, { language, name, gender }: Reader): string {
  const translator = new Translator(language, { clientTime: false });
  return translator.plain(text(key, { name, gender: genderArg(gender) }));
}
