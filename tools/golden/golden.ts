import { versionFrom, writeGoldenBattles } from './write-golden-battles.ts';

/** `npm run golden [version] [-- --overwrite]`: writes what battles come to by new rules. */
const words = process.argv.slice(2);
const version = versionFrom(words);
const reply = writeGoldenBattles({ version, overwrite: words.includes('--overwrite') });
if (reply === 'kept') {
  process.stderr.write(
    `Rules ${version} have their golden battles: stored battles must come to them. Change the rules ` +
      'in a folder of their own; --overwrite is for rules that no release has had.\n',
  );
  process.exitCode = 1;
}
