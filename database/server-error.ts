/** How a unique index or another rule of the schema says no. */
const UNIQUE_VIOLATION = '23505';

/**
 * The code by which PostgreSQL itself refused; null for what never came from it. Drizzle wraps the
 * driver's errors, and the drivers have classes of their own: what they share is five characters.
 */
export function serverErrorCode(error: unknown): string | null {
  const refusal = refusalIn(error);
  return refusal === null ? null : refusal.code;
}

/** What PostgreSQL said as it refused, on one line, with its code; null for what never came from it. */
export function serverErrorWords(error: unknown): string | null {
  const refusal = refusalIn(error);
  return refusal === null ? null : `${refusal.message.replaceAll(/\s+/g, ' ')}, ${refusal.code}`;
}

/** Whether a row was refused because its like is there already, by this index of the schema. */
export function isTaken(error: unknown, index: string): boolean {
  const refusal = refusalIn(error);
  return refusal?.code === UNIQUE_VIOLATION && refusal.constraint === index;
}

interface Refusal {
  readonly code: string;
  /** Without the details, which may tell what is in a row. */
  readonly message: string;
  readonly constraint: string | null;
}

function refusalIn(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  if ('severity' in error && 'code' in error && typeof error.code === 'string') {
    const { code, message } = error;
    const constraint = 'constraint' in error ? error.constraint : null;
    return { code, message, constraint: typeof constraint === 'string' ? constraint : null };
  }
  return refusalIn(error.cause);
}

/** Whether PostgreSQL will not have a value, now or ever: asking again is of no use. */
export function isRefusedValue(error: unknown): boolean {
  const code = serverErrorCode(error);
  // Class 22: a value that cannot be; class 23: one that a rule of the schema forbids.
  return code !== null && /^2[23]/.test(code);
}
