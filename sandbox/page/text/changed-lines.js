// @ts-check

/**
 * The lines that an edit brings, as the client shows them; times in them count on.
 * @param {{ before: string, after: string, shown: string }} edit texts of the message, and the new one as shown
 */
export function changedLines({ before, after, shown }) {
  const known = new Set(before.split('\n'));
  const lines = shown.split('\n');
  return after
    .split('\n')
    .map((line, index) => (known.has(line) ? '' : (lines[index] ?? line).trim()))
    .filter((line) => line !== '')
    .join('\n');
}
