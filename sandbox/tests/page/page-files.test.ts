import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openSandbox } from '../sandbox-fixture.ts';

const FOLDER = new URL('../../page/', import.meta.url);

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Asks for the path as it stands: `fetch` would tidy it up, and would not lie about the host. */
function askFor(url: string, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, type, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the chat page', () => {
  test('GET / returns the page with a policy that allows only its own files', async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain('/page/main.js');
  });

  test.each([
    ['main.js', 'text/javascript; charset=utf-8'],
    ['style/theme.css', 'text/css; charset=utf-8'],
    ['style/paper.svg', 'image/svg+xml'],
    ['text/rich-text.js', 'text/javascript; charset=utf-8'],
  ])('%s is served as %s', async (name, type) => {
    const { url } = await openSandbox();
    const reply = await askFor(url, `/page/${name}`);
    expect([reply.status, reply.type]).toEqual([200, type]);
  });

  test('every imported module is served', async () => {
    const { url } = await openSandbox();
    const modules = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    expect(modules.length).toBeGreaterThan(30);
    for (const name of modules) {
      const { status, body } = await askFor(url, `/page/${name}`);
      expect([name, status]).toEqual([name, 200]);
      for (const [, address = ''] of body.matchAll(/from '([^']+\.js)'/g)) {
        expect(modules).toContain(new URL(address, `http://x/${name}`).pathname.slice(1));
      }
    }
  });

  test('a file with a known ETag is answered with 304', async () => {
    const { url } = await openSandbox();
    const etag = (await fetch(`${url}/page/main.js`)).headers.get('etag') ?? '';
    expect((await askFor(url, '/page/main.js', { 'if-none-match': etag })).status).toBe(304);
  });

  test.each([
    '/page/../start-sandbox.ts',
    '/page/%2e%2e/start-sandbox.ts',
    '/page/..%2fstart-sandbox.ts',
    '/page/%2e%2e%2f%2e%2e%2fpackage.json',
    '/page//etc/passwd',
    '/page/types.ts',
    '/page/tsconfig.json',
    '/page/style',
    '/page/',
    '/page/nothing.js',
  ])('GET %s is answered with 404', async (path) => {
    const { url } = await openSandbox();
    expect((await askFor(url, path)).status).toBe(404);
  });

  test('POST is refused with 405', async () => {
    const { url } = await openSandbox();
    expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405);
  });
});
