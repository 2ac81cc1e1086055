import { type Text, text } from '../core/text.ts';
import { type Language, languages } from '../../resources/texts/index.ts';
import {
  ANNOUNCEMENT_DAYS,
  ANNOUNCEMENT_LENGTH,
  type AnnouncementTexts,
} from './announcement-store.ts';
import type { AnnouncementReport } from './announcements.ts';
import {
  ADMIN_TEXT_ASKS,
  type AdminButton,
  type AdminPayload,
  backToAdmin,
} from './admin-payload.ts';

/** Asks for the text of an announcement in a language. */
export function askAnnouncementScreen(language: Language): AdminPayload {
  const facts = { language: languageName(language), limit: ANNOUNCEMENT_LENGTH };
  return {
    screen: 'admin.ask',
    title: text('admin.title'),
    body: [text('admin.ask.announcement', facts)],
    buttons: [[backToAdmin]],
    asks: ADMIN_TEXT_ASKS,
  };
}

/** The announcement in every language, and for how long it can be shown. */
export function announcementScreen(texts: AnnouncementTexts, previewId: string): AdminPayload {
  return {
    screen: 'admin.announcement',
    title: text('admin.announcement.title'),
    body: [
      text('admin.announcement.body'),
      ...languages.flatMap((language) => [
        null,
        languageName(language),
        text('admin.preview.message', { message: { quoted: texts[language] ?? '' } }),
      ]),
    ],
    buttons: [
      ANNOUNCEMENT_DAYS.map((days): AdminButton => ({
        label: text('admin.button.announce_days', { count: days }),
        action: 'admin.announce_confirmed',
        value: { days, previewId },
      })),
      [backToAdmin],
    ],
  };
}

export function announcementLine({ untilMs, readers }: AnnouncementReport): Text {
  return text('admin.announcement.report', { until: { atMs: untilMs, as: 'date' }, readers });
}

/** Ends the present announcement, or begins one. */
export function announcementButton(present: AnnouncementReport | null): AdminButton {
  if (present === null) return { label: text('admin.button.announce'), action: 'admin.announce' };
  const label = text('admin.button.announce_end');
  return { label, action: 'admin.announce_end', value: present.id, style: 'danger' };
}

function languageName(language: Language): Text {
  return text(`account.language.${language}`);
}
