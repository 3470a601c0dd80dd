import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RequestBatcher } from '../stacks/tenant/request-batcher.ts';
import type { BatchItem } from './batch.ts';
import { buildMemberAddition, buildMemberReferencePath } from './group-member.ts';
import type { WritingTransport } from './transport.ts';

const group = '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e01';
const member = '1C6EF16C-9bfa-4061-a183-422a91e2608e';

test('a membership is named by its reference, and by nothing that Graph would delete', () => {
  expect(buildMemberReferencePath(group, member)).toBe(`/groups/${group}/members/${member}/$ref`);
});

test.each([
  '',
  '.',
  '..',
  '*',
  'me',
  `${member}/`,
  `${member}?`,
  `${member}#`,
  `${member}\n`,
  ` ${member}`,
  `${member}/../${member}`,
  `${member}%2F`,
  `${member}')`,
  `${member}/$ref?x=`,
  `${group}/members/${member}#`,
  member.slice(1),
  member.replaceAll('-', ''),
  `{${member}}`,
  'kim@contoso.com',
  '１c6ef16c-9bfa-4061-a183-422a91e2608e',
])('what is not a GUID makes no path: %j', (hostile) => {
  for (const build of [
    () => buildMemberReferencePath(group, hostile),
    () => buildMemberReferencePath(hostile, member),
    () => buildMemberAddition(group, hostile, { origin: 'https://graph.microsoft.com', version: 'v1.0' }),
    () => buildMemberAddition(hostile, member, { origin: 'https://graph.microsoft.com', version: 'v1.0' }),
  ])
    expect(build).toThrow(expect.objectContaining({ code: 'unexpected-answer' }));
});

test('a DELETE of anything else does not compile', () => {
  const reference: BatchItem<'DELETE'> = { method: 'DELETE', url: buildMemberReferencePath(group, member) };
  expect(reference.url).toMatch(/\/\$ref$/);
  // @ts-expect-error: without $ref Graph deletes the account
  const account: BatchItem<'DELETE'> = { method: 'DELETE', url: `/groups/${group}/members/${member}` };
  // @ts-expect-error
  const user: BatchItem<'DELETE'> = { method: 'DELETE', url: `/users/${member}` };
  const text: string = '/users/$ref';
  // @ts-expect-error
  const any: BatchItem = { method: 'DELETE', url: text };
  // @ts-expect-error: a single request knows no DELETE
  const single: Parameters<WritingTransport['send']>[0]['method'] = 'DELETE';
  const writes: Pick<RequestBatcher<'PATCH' | 'POST' | 'DELETE'>, 'ask'> = { ask: () => Promise.reject(new Error()) };
  // @ts-expect-error
  const asked = () => writes.ask({ method: 'DELETE', url: `/groups/${group}` });
  const reads: RequestBatcher<'GET'> = { ask: () => Promise.reject(new Error()) };
  // @ts-expect-error
  const read = () => reads.ask({ method: 'DELETE', url: buildMemberReferencePath(group, member) });
  expect([account, user, any, single, asked, read]).toHaveLength(6);
});

const folders = /^(audit|bootstrap|cli|forge|graph|policy|stacks)\//;
/** The type of the method, that of the path, and the one request. */
const namers = ['graph/batch.ts', 'graph/send-once.ts', 'stacks/tenant/tenant-writer.ts'];

test('no other module of the product sends a DELETE', () => {
  const root = join(import.meta.dirname, '..');
  const files = execFileSync('git', ['-C', root, 'ls-files', '*.ts'], { encoding: 'utf8' }).trim().split('\n');
  const isOfProduct = (path: string) => folders.test(path) && !/\.(test|fixture)\.ts$/.test(path);
  const product = files.filter(isOfProduct);
  expect(product.length).toBeGreaterThan(300);
  const sends = product.filter((path) => /['"`]DELETE['"`]/i.test(read(root, path)));
  expect(sends.filter((path) => !namers.includes(path))).toEqual([]);
});

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
