/** A letter with five marks, as many as may be heaped on one. */
const BURMESE = '\u1000\u102d\u102f\u1036\u1037\u103a';
const BRAHMI = '\u{11005}\u{11001}\u{11038}\u{1103A}\u{1103C}\u{1103E}';

/** Sixty-four code points in three words, each of one unit of UTF-16. */
const WORDY = `${[5, 4].map((letters) => BURMESE.repeat(letters)).join(' ')}-${BURMESE}\u1000\u102d`;
/** The longest that can be had: all of its code points take two units. */
export const LONGEST_NAME = `${BRAHMI.repeat(10)}\u{11005}\u{11001}\u{11005}\u{11001}`;
export const longNames: readonly string[] = [WORDY, LONGEST_NAME];

/** What could be had before code points were counted: 255 of them, in three letters. */
export const LEGACY_NAMES: readonly string[] = [
  `${'\u0915\u094D'.repeat(127)}\u0915`,
  'x'.repeat(255),
  `${BRAHMI.repeat(21)}\u{11005}`,
];
