const UNIQUE_VIOLATION = '23505';

/**
 * The SQLSTATE of an error from PostgreSQL, null for any other error. Drizzle wraps the drivers' errors, and
 * each driver has its own class.
 */
export function serverErrorCode(error: unknown): string | null {
  return refusalIn(error)?.code ?? null;
}

/** Message and SQLSTATE of an error from PostgreSQL on one line, null for any other error. */
export function serverErrorText(error: unknown): string | null {
  const refusal = refusalIn(error);
  return refusal === null ? null : `${refusal.message.replaceAll(/\s+/g, ' ')}, ${refusal.code}`;
}

export function isTaken(error: unknown, index: string): boolean {
  const refusal = refusalIn(error);
  return refusal?.code === UNIQUE_VIOLATION && refusal.constraint === index;
}

interface Refusal {
  readonly code: string;
  /** Without the details, which may contain values of a row. */
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

/** Whether PostgreSQL refused a value, so that a retry cannot succeed. */
export function isRefusedValue(error: unknown): boolean {
  const code = serverErrorCode(error);
  // Class 22: invalid data; class 23: a constraint violation.
  return code !== null && /^2[23]/.test(code);
}
