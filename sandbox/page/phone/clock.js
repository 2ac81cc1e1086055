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

/** @param {HTMLTimeElement} time */
export function tick(time) {
  const { unix = '0', format = '', written = '' } = time.dataset;
  const text = timeText({
    unixTime: Number(unix),
    format,
    written,
    nowMs: Date.now(),
    language: time.lang,
  });
  if (time.textContent !== text) time.textContent = text;
}
