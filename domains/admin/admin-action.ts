import { z } from 'zod';
import { battleIdSchema } from '../combat/combat-action.ts';

const userId = z.int().positive();
/** A key below a preview that another one has followed sends nothing. */
const previewId = z.string().regex(/^[a-z0-9]{12}$/);

export const banLengths = ['day', 'week', 'ever', 'rated'] as const;
/** `rated`: for ever, and from rated play alone. */
export type BanLength = (typeof banLengths)[number];

export const segments = ['all', 'ru', 'en', 'week', 'month'] as const;
export type SegmentName = (typeof segments)[number];

export const adminActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('admin') }),
  z.strictObject({ action: z.literal('admin.player'), value: userId }),
  z.strictObject({
    action: z.literal('admin.ban'),
    value: z.strictObject({ userId, length: z.enum(banLengths) }),
  }),
  z.strictObject({ action: z.literal('admin.unban'), value: userId }),
  z.strictObject({ action: z.literal('admin.message'), value: userId }),
  z.strictObject({ action: z.literal('admin.gold'), value: userId }),
  z.strictObject({ action: z.literal('admin.draw'), value: userId }),
  z.strictObject({
    action: z.literal('admin.battle'),
    /** A step of the replay, from 1. */
    value: z.strictObject({ battleId: battleIdSchema, step: z.int().min(1).max(999) }),
  }),
  z.strictObject({
    action: z.literal('admin.void'),
    value: z.strictObject({ battleId: battleIdSchema }),
  }),
  z.strictObject({ action: z.literal('admin.flags') }),
  z.strictObject({ action: z.literal('admin.flag_close'), value: z.int().positive() }),
  z.strictObject({ action: z.literal('admin.balance') }),
  z.strictObject({ action: z.literal('admin.announce') }),
  /** Of a release whose previews had no ids. */
  z.strictObject({
    action: z.literal('admin.announce_start'),
    value: z.int().min(1).max(7),
  }),
  z.strictObject({
    action: z.literal('admin.announce_confirmed'),
    value: z.strictObject({ days: z.int().min(1).max(7), previewId }),
  }),
  z.strictObject({ action: z.literal('admin.announce_end'), value: z.int().positive() }),
  z.strictObject({ action: z.literal('admin.drain'), value: z.enum(['on', 'off']) }),
  z.strictObject({ action: z.literal('admin.broadcast') }),
  /** Of a release whose previews had no ids. */
  z.strictObject({ action: z.literal('admin.broadcast_send'), value: z.enum(segments) }),
  z.strictObject({
    action: z.literal('admin.broadcast_confirmed'),
    value: z.strictObject({ segment: z.enum(segments), previewId }),
  }),
  z.strictObject({ action: z.literal('admin.broadcast_stop'), value: z.int().positive() }),
]);
export type AdminAction = z.infer<typeof adminActionSchema>;
