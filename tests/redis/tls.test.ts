import { onTestFinished, test } from 'vitest';
import { startBotProcess } from '../support/bot-process.ts';
import { type CertificateFiles, newCertificate } from '../support/certificate.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startSentinel } from '../support/redis-sentinel.ts';
import { freePort, startRedisServer } from '../support/redis-server.ts';

/** A server with a plain port for the test and a TLS port. */
async function startTlsServer(files: CertificateFiles): Promise<number> {
  const port = await freePort();
  const settings = tlsSettings(port, files).flatMap((one) => `--${one}`.split(' '));
  const server = await startRedisServer({ settings });
  onTestFinished(() => server.stop());
  return port;
}

function tlsSettings(port: number, { cert, key }: CertificateFiles): readonly string[] {
  const files = [`tls-cert-file ${cert}`, `tls-key-file ${key}`, `tls-ca-cert-file ${cert}`];
  return [`tls-port ${port}`, ...files, 'tls-auth-clients no', 'tls-replication yes'];
}

function startTrusting(settings: Readonly<Record<string, string>>, { cert }: CertificateFiles) {
  return startBotProcess({ SANDBOX_PORT: '0', NODE_EXTRA_CA_CERTS: cert, ...settings });
}

describeOnRedisServer('a Redis with TLS', () => {
  test('is trusted by the CA certificates given to Node', async () => {
    const files = await newCertificate();
    const REDIS_URL = `rediss://localhost:${await startTlsServer(files)}`;
    await startTrusting({ REDIS_URL }, files).prints(/redis connected/);
  });

  test('is found by sentinels that use TLS as well', async () => {
    const files = await newCertificate();
    const master = await startTlsServer(files);
    const port = await freePort();
    await startSentinel(master, tlsSettings(port, files));
    const REDIS_URL = `rediss+sentinel://localhost:${port}/arena`;
    await startTrusting({ REDIS_URL }, files).prints(/redis connected/);
  });
});
