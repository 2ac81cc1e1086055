const letters = 'abcdefghijklmnopqrst';

/** A name of letters alone, as the name rules want it; a different one for each index below 400. */
export function playerName(index: number): string {
  const [high, low] = [Math.floor(index / letters.length), index % letters.length];
  return `Player${letters.charAt(high)}${letters.charAt(low)}`;
}
