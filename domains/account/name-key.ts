/**
 * Letters that look alike across alphabets, by their capitals where the two cases disagree: a name
 * may be shouted, and a key has to be the same for every case. Letters within one alphabet stay
 * apart (Ian and Lan are both honest names), except two Latin doubles that no language spells
 * names with but crooks do.
 */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('авекмнорстухіјѕԁһӏԛԝүɑɡ', 'abekmhopctyxijsdhiqwyag'),
  ...pairs('αβεζηικμνορτυχ', 'abezhikmnoptyx'),
  // Cyrillic and Greek capitals that Latin has not.
  ...pairs('глпф', 'γλπφ'),
  // Kana that are drawn as Han are.
  ...pairs('カロエニトタハー', '力口工二卜夕八一'),
]);

function pairs(from: string, to: string): [string, string][] {
  const targets = Array.from(to);
  return Array.from(from, (letter, index) => [letter, targets[index] ?? letter]);
}

/**
 * Two names with one key count as the same: they differ in case only, or look alike as a whole.
 * Marks count: Ё is not Е, and José is not Jose.
 */
export function nameKey(name: string): string {
  const folded = caseFolded(name.normalize('NFKD')).normalize('NFKD');
  return Array.from(folded, (letter) => lookAlikes.get(letter) ?? letter).join('');
}

/**
 * Full case folding as far as the language has it: ẞ, ß and ss are one, as are ς and σ, and the
 * four Turkish letters i, since a keyboard of another language has only two of them.
 */
function caseFolded(name: string): string {
  return name.toLowerCase().toUpperCase().toLowerCase().replaceAll('i\u0307', 'i');
}
