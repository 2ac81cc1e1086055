import { parseArgs } from 'node:util';
import { startSandbox } from './start-sandbox.ts';

const USAGE = `telegram-sandbox: Telegram's Bot API for private chats on this machine

  --port <number>      port on 127.0.0.1, 0 for any free one (8081)
  --token <token>      the token that the bot uses (a new one at every start)
  --username <name>    the bot's username, without "@" (sandbox_bot)
  --name <name>        the bot's name (Sandbox bot)
  --strict             refuse parameters and keyboards that Telegram would silently change
  --help               show this text
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    token: { type: 'string' },
    username: { type: 'string', default: 'sandbox_bot' },
    name: { type: 'string', default: 'Sandbox bot' },
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function run(): Promise<void> {
  const sandbox = await startSandbox({
    ...(values.token === undefined ? {} : { token: values.token }),
    port: Number(values.port),
    botUsername: values.username,
    botName: values.name,
    strict: values.strict,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
  process.stdout.write(
    `Bot API at ${sandbox.url} for the token ${sandbox.token}; chat page at ${sandbox.url}/\n`,
  );
}

if (values.help) {
  process.stdout.write(USAGE);
} else {
  await run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
