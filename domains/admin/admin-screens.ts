import { home } from '../core/home-feature.ts';
import { type Text, text } from '../core/text.ts';
import type { ArenaFigures } from '../arena/arena-figures.ts';
import { type SegmentName, segments } from './admin-action.ts';
import {
  ADMIN_TEXT_ASKS,
  type AdminButton,
  type AdminPayload,
  backToAdmin,
} from './admin-payload.ts';
import type { PeriodFigures } from './admin-store.ts';
import { announcementButton, announcementLine } from './announcement-screens.ts';
import type { AnnouncementReport } from './announcements.ts';
import type { BroadcastReport } from './broadcast-store.ts';

export interface Overview {
  readonly now: ArenaFigures;
  readonly hour: PeriodFigures;
  readonly day: PeriodFigures;
  readonly isDraining: boolean;
  readonly broadcast: BroadcastReport | null;
  readonly announcement: AnnouncementReport | null;
  /** Flags that no operator has reviewed. */
  readonly openFlags: number;
}

export function adminScreen(overview: Overview): AdminPayload {
  const { now, hour, day, isDraining, broadcast, announcement, openFlags } = overview;
  const waiting = now.waiting.reduce((sum, { count }) => sum + count, 0);
  const longest = Math.round(now.longestWaitMs / 1000);
  return {
    screen: 'admin',
    title: text('admin.title'),
    body: [
      ...(isDraining ? [text('admin.draining')] : []),
      text('admin.now', { waiting, battles: now.battles, longest }),
      periodLine(text('admin.hour'), hour),
      periodLine(text('admin.day'), day),
      ...(broadcast === null ? [] : [null, broadcastLine(broadcast)]),
      ...(announcement === null ? [] : [null, announcementLine(announcement)]),
      null,
      text('admin.how'),
    ],
    buttons: [
      [
        isDraining
          ? { label: text('admin.button.drain_off'), action: 'admin.drain', value: 'off' }
          : { label: text('admin.button.drain_on'), action: 'admin.drain', value: 'on' },
        { label: text('admin.button.broadcast'), action: 'admin.broadcast' },
      ],
      [
        { label: text('admin.button.flags', { count: openFlags }), action: 'admin.flags' },
        announcementButton(announcement),
      ],
      ...(broadcast?.state === 'sending' ? [[stopButton(broadcast.id)]] : []),
      [
        { label: text('admin.button.balance'), action: 'admin.balance' },
        { label: text('admin.button.refresh'), action: 'admin' },
        { label: text('account.button.home'), ...home },
      ],
    ],
  };
}

function periodLine(period: Text, figures: PeriodFigures): Text {
  return text('admin.period', { period, ...figures });
}

function broadcastLine({ id, state, counts }: BroadcastReport): Text {
  return text('admin.broadcast.report', { id, state: text(`admin.broadcast.${state}`), ...counts });
}

function stopButton(id: number): AdminButton {
  return {
    label: text('admin.button.broadcast_stop'),
    action: 'admin.broadcast_stop',
    value: id,
    style: 'danger',
  };
}

/** Asks for the text that an action needs. */
export function askScreen(question: Text): AdminPayload {
  return {
    screen: 'admin.ask',
    title: text('admin.title'),
    body: [question],
    buttons: [[backToAdmin]],
    asks: ADMIN_TEXT_ASKS,
  };
}

export interface BroadcastPreview {
  readonly message: string;
  /** How many each segment has. */
  readonly counts: Readonly<Record<SegmentName, number>>;
  readonly previewId: string;
}

/** A broadcast as its readers will see it, and whom it can be sent to. */
export function previewScreen({ message, counts, previewId }: BroadcastPreview): AdminPayload {
  return {
    screen: 'admin.preview',
    title: text('admin.preview.title'),
    body: [
      text('admin.preview.body'),
      null,
      text('admin.preview.message', { message: { quoted: message } }),
    ],
    buttons: [
      ...segments.map((segment): AdminButton[] => [
        {
          label: text(`admin.button.segment.${segment}`, { count: counts[segment] }),
          action: 'admin.broadcast_confirmed',
          value: { segment, previewId },
        },
      ]),
      [backToAdmin],
    ],
  };
}
