/**
 * Loaded before the bot (`node --import`): shifts its clock by CLOCK_AHEAD_MS, and ends it with the
 * process that started it, so that a killed chaos run leaves no bots behind.
 */
const aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
const trueNow = Date.now.bind(Date);

Date.now = () => trueNow() + aheadMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget): Date => {
    const given = args.length === 0 ? [target.now()] : args;
    return Reflect.construct(target, given, newTarget) as Date;
  },
});

process.stdin.on('close', () => process.exit(1));
process.stdin.resume();
