const letters = 'abcdefghijklmnopqrst';

/** A name of letters alone, as the name rules want it; a different one for each index below 8,000. */
export function playerName(index: number): string {
  const places = [letters.length ** 2, letters.length, 1];
  const digits = places.map((place) => Math.floor(index / place) % letters.length);
  return `Player${digits.map((digit) => letters.charAt(digit)).join('')}`;
}
