// @ts-check
/** @import { Entity, Message, RichNode } from '../types.ts' */
import { h } from '../base/dom.js';
import { tick } from './clock.js';
import { richText } from '../text/rich-text.js';
import { word } from '../text/words.js';

/**
 * @typedef {object} RichOptions
 * @property {string} language
 * @property {(command: string) => void} onCommand
 */

/**
 * @param {Pick<Message, 'text' | 'entities'>} message
 * @param {RichOptions} options
 * @returns {(Node | string)[]}
 */
export function richNodes({ text, entities }, options) {
  return richText(text, entities).map((node) => nodeOf(node, options));
}

/**
 * @param {RichNode} node
 * @param {RichOptions} options
 * @returns {Node | string}
 */
function nodeOf(node, options) {
  if (node.kind === 'text') return node.text;
  const children = node.children.map((child) => nodeOf(child, options));
  const make = MAKERS[node.entity.type];
  return make === undefined
    ? h('span', {}, ...children)
    : make({ entity: node.entity, text: node.text, children, options });
}

/**
 * @typedef {object} Part
 * @property {Entity} entity
 * @property {string} text
 * @property {(Node | string)[]} children
 * @property {RichOptions} options
 */

/** @type {(tag: 'b' | 'i' | 'u' | 's' | 'code' | 'blockquote') => (part: Part) => Node} */
const tag =
  (name) =>
  ({ children }) =>
    h(name, {}, ...children);

/** @type {Readonly<Record<string, (part: Part) => Node>>} */
const MAKERS = {
  bold: tag('b'),
  italic: tag('i'),
  underline: tag('u'),
  strikethrough: tag('s'),
  code: tag('code'),
  blockquote: tag('blockquote'),
  expandable_blockquote: expandableQuote,
  spoiler,
  pre: ({ entity, children }) =>
    h('pre', { 'data-language': entity.language ?? null }, h('code', {}, ...children)),
  text_link: ({ entity, children }) => link(entity.url ?? '', children),
  url: ({ text, children }) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children),
  email: ({ text, children }) => link(`mailto:${text}`, children),
  text_mention: ({ children }) => h('span', { class: 'mention' }, ...children),
  mention: ({ children }) => h('span', { class: 'mention' }, ...children),
  hashtag: ({ children }) => h('span', { class: 'mention' }, ...children),
  bot_command: ({ text, children, options }) =>
    h(
      'button',
      {
        type: 'button',
        class: 'command',
        onclick: () => {
          options.onCommand(text);
        },
      },
      ...children,
    ),
  date_time: dateTime,
};

/**
 * Only links with a scheme that is safe to open become links.
 * @param {string} address
 * @param {(Node | string)[]} children
 */
function link(address, children) {
  const isSafe = /^(?:https?:\/\/|mailto:)/i.test(address);
  if (!isSafe) return h('span', { class: 'mention', title: address }, ...children);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** @param {Part} part */
function spoiler({ children }) {
  const hidden = h('span', { class: 'spoiler-text', 'aria-hidden': 'true' }, ...children);
  const cover = h(
    'span',
    {
      class: 'spoiler',
      role: 'button',
      tabindex: 0,
      'aria-label': word('spoiler'),
    },
    hidden,
  );
  const reveal = () => {
    cover.classList.add('is-open');
    for (const name of ['role', 'tabindex', 'aria-label']) cover.removeAttribute(name);
    hidden.removeAttribute('aria-hidden');
  };
  cover.addEventListener('click', reveal);
  cover.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') reveal();
  });
  return cover;
}

/** @param {Part} part */
function expandableQuote({ children }) {
  const quote = h('blockquote', { class: 'is-short' }, ...children);
  const more = h('button', {
    type: 'button',
    class: 'quote-more',
    'aria-label': word('moreOfQuote'),
    'aria-expanded': 'false',
    onclick: () => {
      const isShort = quote.classList.toggle('is-short');
      more.setAttribute('aria-expanded', String(!isShort));
    },
  });
  quote.append(more);
  return quote;
}

/** @param {Part} part */
function dateTime({ entity, text, options }) {
  const at = entity.unix_time ?? 0;
  const time = h('time', {
    datetime: new Date(at * 1000).toISOString(),
    title: new Date(at * 1000).toLocaleString(options.language),
    'data-unix': at,
    'data-format': entity.date_time_format ?? '',
    'data-written': text,
  });
  tick(time, options.language);
  return time;
}
