import { versionFrom, writeGoldenBattles } from './write-golden-battles.ts';

/** `npm run golden [version] [-- --overwrite]`: records the golden battles of new rules. */
const args = process.argv.slice(2);
const version = versionFrom(args);
const reply = writeGoldenBattles({ version, overwrite: args.includes('--overwrite') });
if (reply === 'exists') {
  process.stderr.write(
    `Rules ${version} have golden battles already. Put changed rules into a folder of their own; ` +
      '--overwrite is for rules that were never released.\n',
  );
  process.exitCode = 1;
}
