import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox.ts';

/** `tsx sandbox/main.ts [--port 8081] [--token 1:sandbox]`: a Bot API to point a bot at. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    token: { type: 'string', default: '1:sandbox' },
  },
});

const sandbox = await startSandbox({ token: values.token, port: Number(values.port) });
process.stdout.write(
  `Bot API at ${sandbox.url} for the token ${sandbox.token}; be its people at ${sandbox.url}/ in a browser\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
