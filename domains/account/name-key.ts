/**
 * Letters of different alphabets that look alike. Capitals decide, since the key must not depend on the
 * case. Letters of one alphabet stay distinct (Ian, Lan), except ɑ and ɡ, which no language uses in
 * names but impersonators do.
 */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('авекмнорстухіјѕԁһӏԛԝүɑɡ', 'abekmhopctyxijsdhiqwyag'),
  ...pairs('αβεζηικμνορτυχ', 'abezhikmnoptyx'),
  // Cyrillic and Greek capitals without a Latin counterpart.
  ...pairs('глпф', 'γλπφ'),
  // Kana that look like Han.
  ...pairs('カロエニトタハー', '力口工二卜夕八一'),
]);

function pairs(from: string, to: string): [string, string][] {
  const targets = Array.from(to);
  return Array.from(from, (letter, index) => [letter, targets[index] ?? letter]);
}

/** Equal for names that differ only in case or in letters that look alike; marks (Ё, é) are kept. */
export function nameKey(name: string): string {
  const folded = caseFolded(name.normalize('NFKD')).normalize('NFKD');
  return Array.from(folded, (letter) => lookAlikes.get(letter) ?? letter).join('');
}

/**
 * Full Unicode case folding (ẞ = ß = ss, ς = σ); the four Turkish letters i are equal too, since other
 * keyboards have only two of them.
 */
function caseFolded(name: string): string {
  return name.toLowerCase().toUpperCase().toLowerCase().replaceAll('i\u0307', 'i');
}
