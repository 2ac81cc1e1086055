import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { markdownTable, print } from './print-table.ts';
import { type CpuProfile, sharesByCause } from './shares-by-cause.ts';

/**
 * What a profiled bot spends its time on, of its busy time: first
 * `npm run bench -- taps --latencies 0 --kinds none --bot-flags=--cpu-prof,--cpu-prof-dir=FOLDER`, then
 * `npx tsx tools/bench/profile-causes.ts FOLDER/FILE`.
 */
const frame = z.object({ functionName: z.string(), url: z.string() });
const profileSchema: z.ZodType<CpuProfile> = z.object({
  nodes: z.array(
    z.object({ id: z.int(), callFrame: frame, children: z.array(z.int()).default([]) }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name a .cpuprofile file');
const profile = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const LEAST = 0.005;
const causes = sharesByCause(profile).filter(({ share }) => share >= LEAST);
const rows = causes.map(({ cause, share }) => [cause, `${(100 * share).toFixed(1)} %`]);
print(markdownTable(['cause', 'of the busy time'], rows));
