import { randomBytes } from 'node:crypto';

/** Beyond 32 bits, as real ids are, so that a bot with too small a type fails here already. */
const FIRST_ID = 5_000_000_001;

export interface Profile {
  readonly id?: number;
  readonly firstName: string;
  readonly lastName?: string | null;
  readonly username?: string | null;
  /** IETF language tag, as the person's client reports it. */
  readonly languageCode?: string | null;
  readonly isPremium?: boolean;
}

/** A Telegram user. Their private chat with the bot has the same id. */
export interface Person {
  readonly id: number;
  firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  languageCode: string | null;
  readonly isPremium: boolean;
  /** `chat_instance` of callback queries. */
  readonly chatInstance: string;
  /** Wrote to the bot at least once. */
  hasStarted: boolean;
  hasBlockedBot: boolean;
  /** Labels of the reply keyboard now shown below the chat. */
  replyKeyboard: readonly (readonly string[])[] | null;
  /** Oldest first. */
  pinnedMessageIds: readonly number[];
}

export class PeopleStore {
  readonly #people = new Map<number, Person>();
  readonly #onChange: (person: Person) => void;
  #nextId = FIRST_ID;

  constructor(onChange: (person: Person) => void) {
    this.#onChange = onChange;
  }

  /** Throws RangeError when the id is taken or invalid. */
  add(profile: Profile): Person {
    const id = profile.id ?? this.#nextId;
    if (!Number.isSafeInteger(id) || id <= 0) throw new RangeError(`${id} cannot be a person's id`);
    if (this.#people.has(id)) throw new RangeError(`there is already a person ${id}`);
    this.#nextId = Math.max(this.#nextId, id + 1);
    const person = newPerson(id, profile);
    this.#people.set(id, person);
    this.#onChange(person);
    return person;
  }

  /** Call it after changing a person. */
  notifyChange(person: Person): void {
    this.#onChange(person);
  }

  find(id: number): Person | null {
    return this.#people.get(id) ?? null;
  }

  list(): Person[] {
    return [...this.#people.values()];
  }
}

function newPerson(id: number, profile: Profile): Person {
  return {
    id,
    firstName: profile.firstName,
    lastName: profile.lastName ?? null,
    username: profile.username ?? null,
    languageCode: profile.languageCode ?? null,
    isPremium: profile.isPremium ?? false,
    chatInstance: randomBytes(8).readBigInt64BE().toString(),
    hasStarted: false,
    hasBlockedBot: false,
    replyKeyboard: null,
    pinnedMessageIds: [],
  };
}
