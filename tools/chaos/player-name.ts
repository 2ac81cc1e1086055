const letters = 'abcdefghijklmnopqrst';

/** A name of letters alone, another one for each index. */
export function playerName(index: number): string {
  const [high, low] = [Math.floor(index / letters.length), index % letters.length];
  return `Player${letters.charAt(high)}${letters.charAt(low)}`;
}
