import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox, TOKEN } from '../../sandbox/tests/sandbox-fixture.ts';
import { describeInBrowser, openScreen } from './browser.ts';

/** A web page of somebody else, on another port of this machine. */
async function servePage(body: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><link rel="icon" href="data:,">${body}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `:${port}/`;
}

const ATTACKS: readonly (readonly [string, (target: string) => string])[] = [
  ['a hidden frame', (target) => `<iframe hidden src="${target}"></iframe>`],
  ['a link', (target) => `<a href="${target}">x</a>${run('document.links[0].click()')}`],
  ['a form', (target) => formOf(target, 'get')],
  ['a posted form', (target) => formOf(target, 'post')],
  ['a script', (target) => run(`fetch('${target}', { method: 'POST', mode: 'no-cors' })`)],
];

const run = (code: string) => `<script>${code}</script>`;

function formOf(target: string, method: string): string {
  const field = '<input name="url" value="http://127.0.0.1:9/">';
  const form = `<form action="${target}" method="${method}" enctype="text/plain">${field}</form>`;
  return form + run('document.forms[0].submit()');
}

describeInBrowser('a web page at another port', () => {
  test.each(['127.0.0.1', 'localhost'])(
    'of %s calls neither the bot nor the control API',
    async (host) => {
      const { url, sandbox } = await openSandbox();
      const { page } = await openScreen('about:blank', { expected: /403|ERR_|frame/ });
      const targets = [`/bot${TOKEN}/setWebhook?url=http://127.0.0.1:9/`, '/sandbox/people'];
      for (const [way, attack] of ATTACKS) {
        for (const target of targets) {
          const place = await servePage(attack(url + target));
          const answered = page.waitForResponse((response) => response.url().startsWith(url));
          await page.goto(`http://${host}${place}`);
          expect([way, (await answered).status()]).toEqual([way, 403]);
        }
      }
      expect(sandbox.calls.list()).toEqual([]);
      expect(sandbox.people.list()).toEqual([]);
    },
  );
});
