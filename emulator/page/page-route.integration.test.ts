import { expect, test } from 'vitest';
import { signInAs } from '../api-client.fixture.ts';
import { isLoopback } from '../control/require-loopback.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('all', { users: 200 }, (started) => {
  emulator = started;
});

async function readPage(query: Record<string, string> = {}): Promise<{ headers: Headers; text: string }> {
  const response = await fetch(`${emulator.url}/?${new URLSearchParams(query).toString()}`);
  return { headers: response.headers, text: await response.text() };
}

const countPeople = (text: string) => text.match(/href="\/_emulator\/people\//g)?.length ?? 0;

test('the page shows the tenant, its time, its switches and the first of its people', async () => {
  const { text, headers } = await readPage();
  expect(headers.get('content-type')).toContain('text/html');
  for (const shown of [emulator.tenant.id, '2026-12-07T08:00', '>quotaSpeed<', 'lee.park@contoso.com'])
    expect(text).toContain(shown);
  expect(countPeople(text)).toBe(50);
  expect((await readPage({ page: '4' })).text).not.toContain('>More<');
  expect(countPeople((await readPage({ page: '5' })).text)).toBe(0);
});

test.each([
  ['a part of a name', 'LEE PA', 'lineManager'],
  ['a kind', 'lineManager', 'lineManager'],
  ['an address', 'lee.park@contoso.com', 'lineManager'],
])('people are found by %s', async (_by, q, kind) => {
  const { text } = await readPage({ q });
  expect(text).toContain(emulator.tenant.people.requireKind(kind).id);
});

test('somebody is found by an id, and nobody else', async () => {
  const { id } = emulator.tenant.people.requireKind('inactiveDirect');
  expect(countPeople((await readPage({ q: id })).text)).toBe(1);
});

test('names, searches and paths cannot become code, and nothing is loaded from elsewhere', async () => {
  const audit = await signInAs(emulator, 'audit');
  await audit.get('/v1.0/users/%3Cimg%20src=x%3E?$filter=%3Cimg%20src=y%3E');
  const { text, headers } = await readPage({ q: '<script>' });
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('value="&lt;script&gt;"');
  expect(text).toContain('&lt;img src=x&gt;?$filter=&lt;img src=y&gt;');
  expect(text).not.toMatch(/<(script|img)\b/i);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
});

test('a request is on it with its answer, and the page itself is not', async () => {
  const audit = await signInAs(emulator, 'audit');
  await audit.get('/v1.0/users/nobody-at-all');
  const [, requests = ''] = (await readPage()).text.split('<h2 id="requests">');
  expect(requests).toMatch(
    /audit<\/td>\s*<td><code>GET <bdi>\/v1\.0\/users\/nobody-at-all<\/bdi><\/code><\/td>\s*<td class="number">404/,
  );
  expect(emulator.log.listEntries({ path: '^/$' })).toEqual([]);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.168.0.7', false],
  ['::ffff:10.0.0.1', false],
  ['127.example.com', false],
  ['', false],
])('the page and the control routes are for this machine: %s, %s', (address, isHere) => {
  expect(isLoopback(address)).toBe(isHere);
});
