import { DAY_MS } from '../core/day.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import { type Text, text } from '../core/text.ts';
import { type Language, languages } from '../../resources/texts/index.ts';
import type { AdminAction } from './admin-action.ts';
import type { AdminPayload } from './admin-payload.ts';
import { announcementScreen, askAnnouncementScreen } from './announcement-screens.ts';
import { ANNOUNCEMENT_LENGTH, type AnnouncementTexts } from './announcement-store.ts';
import type { Announcements } from './announcements.ts';
import type { PendingText } from './pending-text.ts';

export interface AnnouncementDeps {
  readonly news: Announcements;
  readonly pending: PendingText;
  readonly clock: Clock;
  readonly entropy: Pick<Entropy, 'id'>;
}

export type AnnouncementAction = Extract<AdminAction, { action: `admin.announce${string}` }>;

/** A screen, or a notice for the overview. */
export type AnnouncementReply =
  | { readonly screen: AdminPayload; readonly notice: Text | null }
  | { readonly screen: null; readonly notice: Text };

export async function actOnAnnouncement(
  deps: AnnouncementDeps,
  admin: number,
  action: AnnouncementAction,
): Promise<AnnouncementReply> {
  switch (action.action) {
    case 'admin.announce':
      return askNext(deps, admin, { texts: {} });
    case 'admin.announce_start':
      return { screen: null, notice: text('admin.notice.too_late') };
    case 'admin.announce_confirmed':
      return { screen: null, notice: await start(deps, admin, action.value) };
    case 'admin.announce_end': {
      const isEnded = await deps.news.end(admin, action.value);
      const notice = text(isEnded ? 'admin.notice.announce_ended' : 'admin.notice.announce_over');
      return { screen: null, notice };
    }
  }
}

/** The text in the language that was asked for. */
export async function takeAnnouncementText(
  deps: AnnouncementDeps,
  admin: number,
  { texts, typed }: { readonly texts: AnnouncementTexts; readonly typed: string },
): Promise<AnnouncementReply> {
  const language = nextLanguage(texts);
  const message = typed.trim();
  const isLong = Array.from(message).length > ANNOUNCEMENT_LENGTH;
  if (isLong || message === '' || language === undefined) {
    const notice = text('admin.notice.announce_length', { limit: ANNOUNCEMENT_LENGTH });
    return askNext(deps, admin, { texts, notice });
  }
  return askNext(deps, admin, { texts: { ...texts, [language]: message } });
}

async function start(
  { news, pending, clock }: AnnouncementDeps,
  admin: number,
  { days, previewId }: { readonly days: number; readonly previewId: string },
): Promise<Text> {
  const asked = await pending.takePreview(admin, previewId);
  if (asked?.kind !== 'announcement' || nextLanguage(asked.texts) !== undefined)
    return text('admin.notice.too_late');
  const { texts } = asked;
  await news.start({ admin, texts, untilMs: clock.now() + days * DAY_MS });
  return text('admin.notice.announced');
}

/** Asks for the text in the next language; after the last one for how long. */
async function askNext(
  { pending, entropy }: AnnouncementDeps,
  admin: number,
  { texts, notice = null }: { readonly texts: AnnouncementTexts; readonly notice?: Text | null },
): Promise<AnnouncementReply> {
  const previewId = entropy.id();
  await pending.write(admin, { kind: 'announcement', previewId, texts });
  const language = nextLanguage(texts);
  const screen =
    language === undefined ? announcementScreen(texts, previewId) : askAnnouncementScreen(language);
  return { screen, notice };
}

/** undefined: there is a text in every language. */
function nextLanguage(texts: AnnouncementTexts): Language | undefined {
  return languages.find((language) => texts[language] === undefined);
}
