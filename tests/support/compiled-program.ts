import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledBot } from './bot-child.ts';

/**
 * Compiles a program of this folder, which starts in a third of the time of its sources; beside the migrations that it
 * may look for.
 */
export async function compiledProgram(name: string): Promise<string> {
  const outfile = join(bundledBot(), `bot/${name}.js`);
  await build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  return outfile;
}
