// @ts-check

/**
 * @typedef {object} Moment
 * @property {number} unixTime
 * @property {string} format "r", or w, d/D and t/T; empty: as it was written
 * @property {string} written
 * @property {number} nowMs
 * @property {string} language
 */

/** @type {readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]} */
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * A date-time entity as a client shows it.
 * @param {Moment} moment
 * @returns {string}
 */
export function timeText(moment) {
  if (moment.format === '') return moment.written;
  return moment.format === 'r' ? relativeText(moment) : absoluteText(moment);
}

/**
 * Counts in seconds below two minutes, so that a deadline is seen to come.
 * @param {Moment} moment
 */
function relativeText({ unixTime, nowMs, language }) {
  const left = Math.ceil(unixTime - nowMs / 1000);
  const [unit, seconds] = UNITS.find(([, size]) => Math.abs(left) >= 2 * size) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(language, { numeric: left === 0 ? 'auto' : 'always' });
  return format.format(Math.trunc(left / seconds), unit);
}

/** @param {Moment} moment */
function absoluteText({ unixTime, format, language }) {
  const at = new Date(unixTime * 1000);
  const parts = format
    .split('')
    .map((letter) => new Intl.DateTimeFormat(language, FORMATS[letter]));
  return parts.map((part) => part.format(at)).join(', ');
}

/** @type {Readonly<Record<string, Intl.DateTimeFormatOptions>>} */
const FORMATS = {
  w: { weekday: 'long' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
};

/**
 * The time of day beside a message.
 * @param {number} seconds
 * @param {string} language
 */
export function clockText(seconds, language) {
  const format = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(new Date(seconds * 1000));
}
