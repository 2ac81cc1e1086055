// @ts-check

/** Strokes on a field of 24 by 24. */
const PATHS = {
  send: 'M4 12 20 4l-5 16-4-6-7-2Zm7 2 9-10',
  menu: 'M4 7h16M4 12h16M4 17h10',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6 6 18',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01',
  clip: 'M20 11.5 12.4 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.7 7.6a1.7 1.7 0 0 1-2.4-2.3l7-7',
  down: 'M6 9l6 6 6-6',
  pin: 'M9 4h6l-1 6 3 3H7l3-3-1-6Zm3 9v7',
  sound: 'M5 10v4h3l4 4V6L8 10H5Zm10.5-1a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M5 10v4h3l4 4V6L8 10H5Zm11 0 5 5m0-5-5 5',
  bell: 'M6 16V11a6 6 0 0 1 9.5-4.9M18 11v5l1.5 2h-15M10 20.5h4M4 4l16 16',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.4L17 7M7 17l-1.4 1.4m12.8 0L17 17M7 7 5.6 5.6',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  auto: 'M4 5h16v11H4zM9 20h6M12 16v4',
  plus: 'M12 5v14M5 12h14',
  drawer: 'M4 5h16v14H4zM14.5 5v14',
  reply: 'M10 6 4 12l6 6v-4c5 0 8 1 10 4 0-6-4-9.5-10-9.5V6Z',
  edit: 'M5 19h4L19 9l-4-4L5 15v4Zm8-12 4 4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5m4-5v5',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  link: 'M8 16 16 8M9 8h7v7',
  block: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.7 5.7l12.6 12.6',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 4M15 9.5h.01',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18Z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8a7.5 7.5 0 0 1 15 0',
  broom: 'M14 4 11 11m-4 1 8 3.5L13 20H5c1-2 2-4.5 2-8Z',
  swords: 'M4 4l11 11m-2.5 2.5 5-5M16 16l4 4M20 4 9 15m2.5 2.5-5-5M8 16l-4 4',
  bolt: 'M13 3 5 13.5h6L10 21l8-10.5h-6L13 3Z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7V5Z',
};

/** @typedef {keyof typeof PATHS} IconName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An icon beside a text; hidden from screen readers.
 * @param {IconName} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
