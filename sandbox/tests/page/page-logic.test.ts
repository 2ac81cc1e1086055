import { describe, expect, test } from 'vitest';
import { Emitter } from '../../page/base/emitter.js';
import { EMPTY_CHAT, applyEvent } from '../../page/state/chat-reducer.js';
import { freeName, phonesToShow } from '../../page/state/phones.js';
import { readChat } from '../../page/state/read-chat.js';
import { withHeard } from '../../page/state/calls.js';
import { activePreset, faultText, otherFaults } from '../../page/state/faults.js';
import { changedLines } from '../../page/text/changed-lines.js';
import { richText } from '../../page/text/rich-text.js';
import { clockText, timeText } from '../../page/text/time-text.js';
import type { Call, ChatEvent, Entity, Message, RichNode } from '../../page/types.ts';
import { composeText } from '../../text/compose-text.ts';

const AT_S = 1_700_000_000;

/** The tree as tags, to be read. */
function drawn(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) =>
      node.kind === 'text' ? node.text : `<${node.entity.type}>${drawn(node.children)}</>`,
    )
    .join('');
}

function treeOf(html: string): RichNode[] {
  const { text, entities } = composeText({ text: html, parseMode: 'HTML', entities: [] });
  return richText(text, entities);
}

describe('a text with entities', () => {
  test.each([
    ['plain', 'plain'],
    ['a <b>b</b> c', 'a <bold>b</> c'],
    // Styles that overlap are cut and merged before they are sent, as Telegram does it.
    ['<b>x<i>y</i></b>z', '<bold>x</><bold><italic>y</></>z'],
    ['<blockquote>q <tg-spoiler>s</tg-spoiler></blockquote>!', '<blockquote>q <spoiler>s</></>!'],
    ['👍🏽 <b>ж</b> 👩‍🚀', '👍🏽 <bold>ж</> 👩‍🚀'],
    ['<a href="https://a.example">l</a><code>c</code>', '<text_link>l</><code>c</>'],
    ['/start now', '<bot_command>/start</> now'],
    ['&lt;img onerror=x&gt;', '<img onerror=x>'],
  ])('%s', (html, tree) => {
    expect(drawn(treeOf(html))).toBe(tree);
  });

  test('an entity that is longer than the text ends with it', () => {
    const entities: Entity[] = [{ type: 'bold', offset: 1, length: 9 }];
    expect(richText('abc', entities)).toMatchObject([{ text: 'a' }, { text: 'bc' }]);
  });
});

describe('a date-time entity', () => {
  test.each([
    [38, 'en', 'in 38 seconds'],
    [1, 'en', 'in 1 second'],
    [0, 'en', 'now'],
    [-12, 'en', '12 seconds ago'],
    [90, 'en', 'in 90 seconds'],
    [150, 'en', 'in 2 minutes'],
    [7200, 'en', 'in 2 hours'],
    [-200_000, 'en', '2 days ago'],
    [38, 'ru', 'через 38 секунд'],
    [-61, 'ru', '61 секунду назад'],
  ])('%i s from now in %s reads %s', (inS, language, said) => {
    const moment = { format: 'r', written: 'x', nowMs: AT_S * 1000, language };
    expect(timeText({ ...moment, unixTime: AT_S + inS })).toBe(said);
  });

  test('counts started seconds', () => {
    const moment = { unixTime: AT_S, format: 'r', written: 'x', language: 'en' };
    expect(timeText({ ...moment, nowMs: AT_S * 1000 - 1 })).toBe('in 1 second');
  });

  test.each([
    ['', /^as written$/],
    ['w', /^(?:Tues|Wednes)day$/],
    ['d', /^1[45]\/11\/2023$/],
    ['wDt', /day, 1[45] November 2023, \d\d:\d\d$/],
    ['T', /^\d\d:\d\d:20$/],
  ])('format "%s" is shown as in a client', (format, said) => {
    const moment = { unixTime: AT_S, format, written: 'as written', nowMs: 0, language: 'en-GB' };
    expect(timeText(moment)).toMatch(said);
  });

  test('the time of a message has hours and minutes', () => {
    expect(clockText(AT_S, 'en')).toMatch(/^\d\d:\d\d$/);
  });
});

const MESSAGE: Message = {
  message_id: 1,
  from: 'bot',
  kind: 'text',
  text: 'a',
  entities: [],
  photo: null,
  document: null,
  pinned_id: null,
  buttons: [],
  date_s: AT_S,
  edit_date_s: null,
  is_silent: false,
  reply_to_id: null,
  reactions: [],
};

const WHEN = { event_id: 1, at_ms: 0 };

function after(...events: ChatEvent[]) {
  return events.reduce(applyEvent, EMPTY_CHAT);
}

describe('the lines that an edit brings', () => {
  test.each([
    ['of a new message are all', { before: '', after: 'a\n\nb', news: 'a\nb' }],
    ['are those that were not there', { before: 'a\nb', after: 'b\nc\nd', news: 'c\nd' }],
    ['are none when lines only disappear', { before: 'a\nb', after: 'b', news: '' }],
  ])('%s', (_, { before, after, news }) => {
    expect(changedLines({ before, after, shown: after })).toBe(news);
  });

  test('have times as the client shows them, and are the same while a time counts', () => {
    const edit = { before: 'a\nat 12:00', after: 'b\nat 12:00', shown: 'b\nin 5 seconds' };
    expect(changedLines(edit)).toBe('b');
    expect(changedLines({ ...edit, before: '' })).toBe('b\nin 5 seconds');
  });
});

describe('a chat after an event', () => {
  const sent = (id: number): ChatEvent => ({
    ...WHEN,
    kind: 'sent',
    message: { ...MESSAGE, message_id: id },
  });

  test('a sent message is inserted by its id, once', () => {
    const { messages } = after(sent(2), sent(1), sent(2));
    expect(messages.map(({ message_id: id }) => id)).toEqual([1, 2]);
  });

  test('an event that is heard while the chat is on its way is kept', async () => {
    const news = new Emitter<{ chatEvent: { id: number; event: ChatEvent } }>();
    const chat = await readChat(news, 7, () => {
      news.emit('chatEvent', { id: 7, event: sent(2) });
      news.emit('chatEvent', { id: 8, event: sent(3) });
      return Promise.resolve(after(sent(1)));
    });
    expect(chat).toEqual(after(sent(1), sent(2)));
  });

  test('an edited message replaces the old one, others stay the same objects', () => {
    const before = after(sent(1), sent(2));
    const edit: ChatEvent = { ...WHEN, kind: 'edited', message: { ...MESSAGE, text: 'b' } };
    const { messages } = applyEvent(before, edit);
    expect(messages.map(({ text }) => text)).toEqual(['b', 'a']);
    expect(messages[1]).toBe(before.messages[1]);
  });

  test('a deleted message disappears with its pin', () => {
    const pinned: ChatEvent = { ...WHEN, kind: 'pinned', message_id: 1 };
    const deleted: ChatEvent = { ...WHEN, kind: 'deleted', message_id: 1 };
    expect(after(sent(1), pinned).pinned_message_ids).toEqual([1]);
    expect(after(sent(1), pinned, deleted)).toEqual(EMPTY_CHAT);
  });

  test('the newest pin is last, and a reaction is set on its message', () => {
    const pin = (message_id: number): ChatEvent => ({ ...WHEN, kind: 'pinned', message_id });
    const unpin: ChatEvent = { ...WHEN, kind: 'unpinned', message_id: 2 };
    const reaction: ChatEvent = { ...WHEN, kind: 'reaction', message_id: 2, reactions: ['👍'] };
    expect(after(pin(1), pin(2), pin(1)).pinned_message_ids).toEqual([2, 1]);
    expect(after(pin(2), unpin).pinned_message_ids).toEqual([]);
    const { messages } = after(sent(1), sent(2), reaction);
    expect(messages.map(({ reactions }) => reactions)).toEqual([[], ['👍']]);
  });

  test('a reply keyboard is replaced, and a toast changes nothing', () => {
    const keyboard: ChatEvent = { ...WHEN, kind: 'keyboard', labels: [['A']] };
    const toast: ChatEvent = {
      ...WHEN,
      kind: 'toast',
      toast: { callback_query_id: '1', text: 'x', is_alert: false, url: null },
    };
    const chat = after(keyboard);
    expect(chat.reply_keyboard).toEqual([['A']]);
    expect(applyEvent(chat, toast)).toBe(chat);
  });
});

describe('phones', () => {
  const people = [1, 2, 3, 4, 5].map((id) => ({
    id,
    first_name: `P${id}`,
    language_code: 'en',
    has_started: false,
    has_blocked_bot: false,
  }));

  test('phones of the last visit are shown if they exist, else the first four', () => {
    expect(phonesToShow([9, 3, 1], people)).toEqual([3, 1]);
    expect(phonesToShow([], people)).toEqual([1, 2, 3, 4]);
  });

  test('a new player gets a name that nobody has', () => {
    expect(freeName(['P1', 'Zoe'], people)).toBe('Zoe');
    expect(freeName(['P1'], people)).toBe('P1 6');
  });
});

test('calls that are heard during a fetch stay, each once, and those of before are replaced', () => {
  const calls = [1, 2, 3].map((call_id): Call => ({
    call_id,
    method: 'sendMessage',
    parameters: {},
    answer: {},
    status: 200,
    fault: null,
    at_ms: 0,
    took_ms: 1,
  }));
  const filled = withHeard(calls.slice(1, 2), calls.slice(0, 1), calls);
  expect(filled.map(({ call_id: id }) => id)).toEqual([2, 3]);
});

describe('faults', () => {
  const flood = {
    fault_id: 1,
    method: '*',
    kind: 'flood',
    retry_after: 1,
    share: 0.1,
    times_left: null,
  };
  const own = {
    fault_id: 2,
    method: 'sendMessage',
    kind: 'error',
    error_code: 500,
    when: 'after',
    times_left: 2,
  };

  test('a fault of a switch sets the switch, others are listed', () => {
    expect(activePreset('flood', [own, flood])).toBe(flood);
    expect(activePreset('slow', [own, flood])).toBeNull();
    expect(otherFaults([own, flood])).toEqual([own]);
  });

  test('a fault is described on one line', () => {
    expect(faultText(flood)).toBe('* · 429, 1 s · 10 %');
    expect(faultText(own)).toBe('sendMessage · 500 after · ×2');
  });
});
