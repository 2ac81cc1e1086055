// @ts-check
import { timeText } from '../text/time-text.js';

/** Counts every `<time data-unix>` of the page on, once a second. */
export function startClock() {
  setInterval(() => {
    for (const time of document.querySelectorAll('time[data-unix]')) {
      if (time instanceof HTMLTimeElement) tick(time);
    }
  }, 1000);
}

/**
 * Shows a time in the language of its surroundings: the player's, or else the page's.
 * @param {HTMLTimeElement} time
 * @param {string} [language] of a time that is not in the page yet
 */
export function tick(time, language) {
  const { unix = '0', format = '', written = '' } = time.dataset;
  const text = timeText({
    unixTime: Number(unix),
    format,
    written,
    nowMs: Date.now(),
    language: language ?? languageOf(time),
  });
  if (time.textContent !== text) time.textContent = text;
}

/** @param {Element} element */
function languageOf(element) {
  return element.closest('[lang]')?.getAttribute('lang') ?? 'en';
}
