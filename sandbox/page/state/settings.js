// @ts-check
/** @import { Settings } from '../types.ts' */
import { parsed } from '../base/json.js';

const KEY = 'sandbox-page';

/** @returns {Settings} */
function usual() {
  return {
    theme: 'auto',
    language: /^(?:ru|be|uk|kk)\b/.test(navigator.language) ? 'ru' : 'en',
    isSounding: false,
    isDrawerOpen: false,
    drawerTab: 'calls',
    phones: [],
  };
}

/**
 * The stored settings, or the defaults where the browser stores nothing.
 * @returns {Settings}
 */
export function readSettings() {
  try {
    /** @type {Partial<Settings>} */
    const kept = parsed(localStorage.getItem(KEY) ?? '{}');
    return { ...usual(), ...kept };
  } catch {
    return usual();
  }
}

/** @param {Settings} settings */
export function keepSettings(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    /* The browser stores nothing: the settings hold for this visit. */
  }
}
