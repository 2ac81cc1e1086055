/** Why a battle of two people does not change their ratings; the first that holds is told. */
export const unratedReasons = [
  'same_user',
  'unknown_character',
  'outage',
  'few_moves',
  'short',
  'pair',
] as const;
export type UnratedReason = (typeof unratedReasons)[number];

/** A rating as players see it; provisional ones are marked with "?". */
export interface ShownRating {
  readonly shown: number;
  readonly isProvisional: boolean;
}

/** What a battle did to the rating of a side, as the result screen tells it. */
export type RatingNotice =
  | { readonly kind: 'rated'; readonly before: ShownRating; readonly after: ShownRating }
  | { readonly kind: 'unrated'; readonly reason: UnratedReason };
