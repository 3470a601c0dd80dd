import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { announceRelease } from './announce-release.ts';

/** Answers as GitHub does: `releases` has what was made, by its tag. */
async function startGitHub(refuses = false) {
  const releases = new Map<string, unknown>();
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const tag = /^\/repos\/contoso\/dormant\/releases\/tags\/(.+)$/.exec(url)?.[1];
    if (request.headers.authorization !== 'Bearer a-token' || refuses) response.statusCode = 403;
    else if (tag !== undefined) response.statusCode = releases.has(tag) ? 200 : 404;
    else if (method === 'POST' && url === '/repos/contoso/dormant/releases') {
      const release = JSON.parse(await text(request));
      releases.set(release.tag_name, release);
      response.statusCode = 201;
    }
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { repository: { api, name: 'contoso/dormant', token: 'a-token' }, releases, stop: () => server.close() };
}

test('a release is made once, and one that is there stays as people may have changed it', async () => {
  const { repository, releases, stop } = await startGitHub();
  await announceRelease(repository, { tag: 'v0.2.0', body: 'First.' });
  await announceRelease(repository, { tag: 'v0.2.0', body: 'Second.' });
  expect([...releases.values()]).toEqual([{ tag_name: 'v0.2.0', name: 'v0.2.0', body: 'First.' }]);
  stop();
});

test('a refusal is an error with GitHub’s answer', async () => {
  const { repository, stop } = await startGitHub(true);
  await expect(announceRelease(repository, { tag: 'v0.2.0', body: '' })).rejects.toThrow('GitHub answered 403');
  stop();
});
