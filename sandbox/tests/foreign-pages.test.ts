import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openSandbox, TOKEN } from './sandbox-fixture.ts';

type Headers = Readonly<Record<string, string>>;

/** The status of a request with these headers; `fetch` would not send all of them as they are given. */
function statusOf(address: string, method: string, headers: Headers): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers }, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sent.on('error', reject);
    sent.end();
  });
}

const navigates = { 'sec-fetch-mode': 'navigate' };

const FROM_ELSEWHERE: readonly (readonly [string, Headers])[] = [
  ['for a foreign host', { host: 'evil.example' }],
  ['for a host that begins like this machine', { host: '127.0.0.1.evil.example' }],
  ['of a page of another site', { origin: 'https://evil.example' }],
  ['of a page of another port', { origin: 'http://127.0.0.1:1' }],
  ['of a page without an origin', { origin: 'null' }],
  ['of an image on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['of a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
];

const LINKS: readonly (readonly [string, Headers])[] = [
  ['of a link on another site', { 'sec-fetch-site': 'cross-site', ...navigates }],
  ['of a link on another port', { 'sec-fetch-site': 'same-site', ...navigates }],
  [
    'of a frame on another site',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', ...navigates },
  ],
];

const INNER_PATHS = [
  `/bot${TOKEN}/getMe`,
  `/file/bot${TOKEN}/photos/1.jpg`,
  '/sandbox/',
  '/sandbox/people',
  '/sandbox/stream',
  '/sandbox/files/x',
  '/page/main.js',
];

describe.each(['GET', 'POST', 'PUT', 'DELETE'])('a %s request', (method) => {
  test.each([...FROM_ELSEWHERE, ...LINKS])('%s is refused with 403', async (_what, headers) => {
    const { url, sandbox } = await openSandbox();
    for (const path of INNER_PATHS) {
      expect([path, await statusOf(url + path, method, headers)]).toEqual([path, 403]);
    }
    expect(sandbox.calls.list()).toEqual([]);
  });
});

describe('the chat page', () => {
  test.each(FROM_ELSEWHERE)('is refused to a request %s', async (_what, headers) => {
    const { url } = await openSandbox();
    expect(await statusOf(`${url}/`, 'GET', headers)).toBe(403);
  });

  test.each(LINKS.slice(0, 2))('is served to a request %s', async (_what, headers) => {
    const { url } = await openSandbox();
    expect(await statusOf(`${url}/`, 'GET', headers)).toBe(200);
    expect(await statusOf(`${url}/`, 'POST', headers)).toBe(403);
  });

  test('and the Bot API are served to programs, to the address bar and to localhost', async () => {
    const { url } = await openSandbox();
    const { port } = new URL(url);
    for (const headers of [{}, { 'sec-fetch-site': 'none' }, { host: `localhost:${port}` }]) {
      expect(await statusOf(`${url}/`, 'GET', headers)).toBe(200);
      expect(await statusOf(`${url}/bot${TOKEN}/getMe`, 'POST', headers)).toBe(200);
    }
  });
});
