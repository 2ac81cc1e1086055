import { parseEnv } from 'node:util';
import { StartError } from './start-error.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

const PLATFORM_NAME =
  /_SERVICE_HOST$|_SERVICE_PORT(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;
const PLATFORM_PORT = /^(tcp|udp|sctp):\/\/\S+:\d+$/;

/** Whether Kubernetes or Docker sets this to tell a process about the services beside it. */
export function isPlatformVariable(name: string, value: string): boolean {
  return PLATFORM_NAME.test(name) || (name.endsWith('_PORT') && PLATFORM_PORT.test(value));
}

/** The settings in the text of a `.env` file; `parseEnv` alone would skip a line that it cannot read. */
export function parseEnvFile(text: string): Variables {
  const content = text.replace(/^\uFEFF/, '');
  const quoted = /^(\s*[\w.-]+\s*=\s*)(["'`])[^]*?\2/gm;
  const singleLines = content.replaceAll(quoted, (value) => `=${value.replaceAll(/[^\n]/g, '')}`);
  const lines = singleLines.split('\n').map((line) => line.trim());
  const wrong = lines.findIndex((line) => /^[^#]/.test(line) && !line.includes('='));
  if (wrong === -1) return parseEnv(content);
  // Never the line itself, which may be a secret.
  const [name] = /^[A-Z_]+\b/.exec(lines[wrong] ?? '') ?? [];
  const where = `Line ${wrong + 1} of .env${name === undefined ? '' : ` (${name})`}`;
  throw new StartError(`${where} has no "=": write NAME=value`);
}
