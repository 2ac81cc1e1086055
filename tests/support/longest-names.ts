/** A letter with five marks, the most that a name may have on one letter. */
const BURMESE = '\u1000\u102d\u102f\u1036\u1037\u103a';
const BRAHMI = '\u{11005}\u{11001}\u{11038}\u{1103A}\u{1103C}\u{1103E}';

/** 64 code points of one UTF-16 unit each, in three words. */
const WORDY = `${[5, 4].map((letters) => BURMESE.repeat(letters)).join(' ')}-${BURMESE}\u1000\u102d`;
/** The longest name: 64 code points of two UTF-16 units each. */
const LONGEST_NAME = `${BRAHMI.repeat(10)}\u{11005}\u{11001}\u{11005}\u{11001}`;
export const longNames: readonly string[] = [WORDY, LONGEST_NAME];

/** Names that were allowed before the limit on code points. */
export const LEGACY_NAMES: readonly string[] = [
  `${'\u0915\u094D'.repeat(127)}\u0915`,
  'x'.repeat(255),
  `${BRAHMI.repeat(21)}\u{11005}`,
];
