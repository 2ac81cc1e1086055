// @ts-check
/** @import { Message, Photo } from '../types.ts' */
/** @import { KeyboardHandlers } from './inline-keyboard.js' */
/** @import { RichOptions } from './rich-nodes.js' */
import { photoAddress } from '../base/api.js';
import { openPhoto } from '../base/dialog.js';
import { h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { richNodes } from './rich-nodes.js';
import { clockText } from '../text/time-text.js';
import { word } from '../text/words.js';
import { inlineKeyboard } from './inline-keyboard.js';

/**
 * @typedef {RichOptions & KeyboardHandlers & {
 *   botName: string,
 *   find: (messageId: number) => Message | null,
 *   onJump: (messageId: number) => void,
 * }} Scene
 */

/**
 * What stands inside a message's article.
 * @param {Message} message
 * @param {Scene} scene
 * @returns {(Element | null)[]}
 */
export function messageParts(message, scene) {
  if (message.kind === 'pin') return [h('div', { class: 'service' }, pinText(message, scene))];
  const isSticker = message.kind === 'sticker';
  const bubble = h(
    'div',
    { class: isSticker ? 'bubble is-sticker' : 'bubble' },
    replyQuote(message, scene),
    ...(isSticker ? [stickerPart(message)] : bodyParts(message, scene)),
    metaPart(message, scene),
    reactionPart(message),
  );
  return [bubble, inlineKeyboard(message, scene)];
}

/**
 * One line of it, for a quote or the bar of pins.
 * @param {Message} message
 */
export function summary(message) {
  if (message.text !== '') return message.text.replaceAll(/\s+/g, ' ').slice(0, 120);
  if (message.document !== null) return message.document.file_name;
  return word(message.kind === 'sticker' ? 'sticker' : 'photo');
}

/**
 * @param {Message} message
 * @param {Scene} scene
 */
function bodyParts(message, scene) {
  const text =
    message.text === '' ? null : h('div', { class: 'text' }, ...richNodes(message, scene));
  if (message.document !== null) return [documentPart(message.document), text];
  const photo = message.photo === null ? null : photoPart(message.photo);
  return message.photo?.is_caption_above === true ? [text, photo] : [photo, text];
}

/** @param {Message} message */
function stickerPart({ text }) {
  return h(
    'div',
    { class: 'sticker', role: 'img', 'aria-label': `${word('sticker')} ${text}` },
    text,
  );
}

/** @param {NonNullable<Message['document']>} document */
function documentPart({ file_id: fileId, file_name: fileName }) {
  return h(
    'a',
    { class: 'text', href: photoAddress(fileId), download: fileName },
    `📎 ${fileName}`,
  );
}

/** @param {Photo} photo */
function photoPart({ file_id: fileId, width, height, has_spoiler: isHidden }) {
  const source = photoAddress(fileId);
  const image = h('img', { src: source, width, height, alt: word('photo'), loading: 'lazy' });
  const button = h(
    'button',
    {
      type: 'button',
      class: isHidden ? 'photo is-hidden' : 'photo',
      'aria-label': word(isHidden ? 'hiddenPhoto' : 'openPhoto'),
      onclick: () => {
        if (!button.classList.contains('is-hidden')) openPhoto(source, word('photo'));
        button.classList.remove('is-hidden');
        button.setAttribute('aria-label', word('openPhoto'));
      },
    },
    image,
  );
  return button;
}

/**
 * @param {Message} message
 * @param {Scene} scene
 */
function metaPart(message, { language }) {
  return h(
    'span',
    { class: 'meta' },
    message.from === 'bot' && message.is_silent
      ? h(
          'span',
          { class: 'silent', role: 'img', 'aria-label': word('silent'), title: word('silent') },
          icon('bell'),
        )
      : null,
    message.edit_date_s === null ? null : `${word('edited')} `,
    clockText(message.date_s, language),
  );
}

/** @param {Message} message */
function reactionPart({ reactions }) {
  if (reactions.length === 0) return null;
  return h('div', { class: 'reactions' }, ...reactions.map((emoji) => h('span', {}, emoji)));
}

/**
 * @param {Message} message
 * @param {Scene} scene
 */
function replyQuote({ reply_to_id: id }, { find, onJump, botName }) {
  const replied = id === null ? null : find(id);
  if (replied === null) return null;
  return h(
    'button',
    {
      type: 'button',
      class: 'reply-quote',
      onclick: () => {
        onJump(replied.message_id);
      },
    },
    h('b', {}, replied.from === 'bot' ? botName : word('you')),
    h('span', {}, summary(replied)),
  );
}

/**
 * @param {Message} message
 * @param {Scene} scene
 */
function pinText({ pinned_id: id }, { find, botName }) {
  const pinned = id === null ? null : find(id);
  if (pinned === null) return word('pinnedSomething', { name: botName });
  return word('pinnedIt', { name: botName, text: summary(pinned).slice(0, 40) });
}
