import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** Its files are removed after the test. */
export async function newCertificate(): Promise<CertificateFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-tls-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  return files;
}
