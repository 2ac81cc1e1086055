import { z } from 'zod';
import {
  PROVISIONAL_BATTLES,
  SHOWN_PER_MU,
  SHOWN_START,
  START_MU,
} from '../../resources/numbers/rating.ts';
import { type Text, text } from '../core/text.ts';
import { leagues } from './league.ts';

/** Why a battle of two people does not change their ratings; the first that holds counts. */
export const unratedReasons = [
  'operator',
  'same_user',
  'unknown_character',
  'outage',
  'paused',
  'few_moves',
  'short',
  'pair',
  'void',
] as const;
export type UnratedReason = (typeof unratedReasons)[number];

/** The rating of a character, and how many battles it comes from in a lifetime. */
export const characterRatingSchema = z.strictObject({
  mu: z.number(),
  sigma: z.number(),
  lifetime: z.int().min(0),
  /** Absent or null: none yet. */
  league: z.enum(leagues).nullable().optional(),
});
export type CharacterRating = Readonly<z.infer<typeof characterRatingSchema>>;

/** A rating as players see it; provisional ones are marked with "?". */
export interface ShownRating {
  readonly shown: number;
  readonly isProvisional: boolean;
}

/** What a battle did to the rating of a side, as the result screen tells it. */
export type RatingNotice =
  | { readonly kind: 'rated'; readonly before: ShownRating; readonly after: ShownRating }
  | { readonly kind: 'unrated'; readonly reason: UnratedReason };

export function shownNumber(mu: number): number {
  return Math.round(SHOWN_START + SHOWN_PER_MU * (mu - START_MU));
}

export function isProvisional(lifetime: number): boolean {
  return lifetime < PROVISIONAL_BATTLES;
}

export function ratingText({ shown, isProvisional: isNew }: ShownRating): Text {
  return text(isNew ? 'battle.rating.provisional' : 'battle.rating.settled', { shown });
}
