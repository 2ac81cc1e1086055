/** The user of a text mention. */
export interface MentionedUser {
  readonly id: number;
  readonly [field: string]: unknown;
}

export type EntityType =
  | 'mention'
  | 'hashtag'
  | 'bot_command'
  | 'url'
  | 'email'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'spoiler'
  | 'blockquote'
  | 'expandable_blockquote'
  | 'code'
  | 'pre'
  | 'text_link'
  | 'text_mention'
  | 'custom_emoji'
  | 'date_time';

/** A MessageEntity of the Bot API: offset and length count UTF-16 units. */
export interface Entity {
  readonly type: EntityType;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly user?: MentionedUser;
  readonly language?: string;
  readonly custom_emoji_id?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Styles may be cut and merged, quotes hold anything, blocks stay whole and hold no other block. */
export type EntityKind = 'style' | 'quote' | 'block';

interface Traits {
  readonly kind: EntityKind;
  /** Which of two entities with the same range comes first. */
  readonly rank: number;
  /** Holds no style within. */
  readonly plain: boolean;
}

const block = (rank: number, plain = false): Traits => ({ kind: 'block', rank, plain });
const style = (rank: number): Traits => ({ kind: 'style', rank, plain: false });
const quote: Traits = { kind: 'quote', rank: 0, plain: false };

const TRAITS: Readonly<Record<EntityType, Traits>> = {
  blockquote: quote,
  expandable_blockquote: quote,
  pre: block(10, true),
  code: block(20, true),
  date_time: block(30, true),
  text_link: block(49),
  text_mention: block(49),
  mention: block(50),
  hashtag: block(50),
  bot_command: block(50),
  url: block(50),
  email: block(50),
  bold: style(90),
  italic: style(91),
  underline: style(92),
  strikethrough: style(93),
  spoiler: style(94),
  custom_emoji: block(99),
};

export function traitsOf(entity: Entity): Traits {
  return TRAITS[entity.type];
}

export function isEntityType(name: string): name is EntityType {
  return Object.hasOwn(TRAITS, name);
}

export function endOf(entity: Entity): number {
  return entity.offset + entity.length;
}

/** The order in which Telegram lists entities: by start, the longer first, then by type. */
export function sortEntities(entities: readonly Entity[]): Entity[] {
  return entities.toSorted(
    (one, other) =>
      one.offset - other.offset ||
      other.length - one.length ||
      traitsOf(one).rank - traitsOf(other).rank,
  );
}
