/** ISO 15924 codes of all scripts with letters in Unicode 17; a test finds letters of later ones. */
const scripts = `
  Latn Cyrl Grek Arab Armn Beng Bopo Deva Ethi Geor Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda
  Laoo Mlym Mong Mymr Orya Sinh Taml Telu Thaa Thai Tibt
  Adlm Aghb Ahom Armi Avst Bali Bamu Bass Batk Berf Bhks Brah Brai Bugi Buhd Cakm Cans Cari Cham
  Cher Chrs Copt Cpmn Cprt Diak Dogr Dsrt Dupl Egyp Elba Elym Gara Glag Gong Gonm Goth Gran Gukh
  Hano Hatr Hluw Hmng Hmnp Hung Ital Java Kali Kawi Khar Khoj Kits Krai Kthi Lana Lepc Limb Lina
  Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Modi Mroo Mtei Mult Nagm Nand
  Narb Nbat Newa Nkoo Nshu Ogam Olck Onao Orkh Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx
  Plrd Prti Rjng Rohg Runr Samr Sarb Saur Sgnw Shaw Shrd Sidd Sidt Sind Sogd Sogo Sora Soyo Sund
  Sunu Sylo Syrc Tagb Takr Tale Talu Tang Tavt Tayo Tfng Tglg Tirh Tnsa Todr Tols Toto Tutg Ugar
  Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb`;

/**
 * Scripts that are written together: Japanese, Korean and Chinese, each with Latin (UTS 39, level
 * "highly restrictive"). All others stand alone, so that no letter is a look-alike from another script.
 */
const combinations = ['Latn Hani Hira Kana', 'Latn Hani Hang', 'Latn Hani Bopo'];

const systems = [...combinations, ...scripts.trim().split(/\s+/)];
const compiledSystems = new Map<string, RegExp | null>();

/** Whether one writing system has all the characters; marks and signs without a script fit any. */
export function inOneSystem(characters: readonly string[]): boolean {
  return systems.some((system) => {
    const own = lettersOf(system);
    return own !== null && characters.every((one) => scriptless.test(one) || own.test(one));
  });
}

const scriptless = /[\p{Script=Common}\p{Script=Inherited}](?<!\p{L})/u;

/** Null if the runtime's Unicode is older than the script. */
function lettersOf(system: string): RegExp | null {
  const known = compiledSystems.get(system);
  if (known !== undefined) return known;
  const compiled = compile(system);
  compiledSystems.set(system, compiled);
  return compiled;
}

function compile(system: string): RegExp | null {
  const classes = system.split(' ').map((code) => `\\p{Script_Extensions=${code}}`);
  try {
    return new RegExp(`[${classes.join('')}]`, 'u');
  } catch {
    return null;
  }
}
