import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { type S3Gateway, startS3Gateway } from '../../../forge/store/s3-gateway.fixture.ts';
import type { RecordStoreSettings } from '../../../policy/schemas/records.ts';
import { type AStack, aStack } from '../stack.fixture.ts';
import { records } from './records.ts';

const noKeys = ['records keys', 'warn', expect.stringContaining('no key signs records of audit, apply and erasure')];
const tenantFile = 'stacks/contoso/tenant.yaml';
let stack: AStack;
let gateway: S3Gateway;
let before: string;

beforeAll(async () => {
  [stack, gateway] = await Promise.all([aStack(), startS3Gateway()]);
});
afterAll(() => Promise.all([stack.close(), gateway.close()]));
beforeEach(async () => {
  before = await stack.repository.read(tenantFile);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'owner');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'owner-secret');
  return () => vi.unstubAllEnvs();
});
afterEach(() => writeFile(join(stack.repository.root, tenantFile), before));

test('without a store in tenant.yaml there is nothing to examine', async () => {
  expect(await examine()).toEqual([['records', 'skip', expect.stringContaining('as long as artifacts')]]);
});

test('a folder is read, and is said to hold nobody back', async () => {
  await keepIn({ folder: 'records' });
  await mkdir(join(stack.repository.root, 'records'));
  expect(await examine()).toEqual([
    ['records store', 'pass', expect.stringMatching(/^folder .*\/records answers, and is empty$/)],
    ['records immutability', 'warn', expect.stringContaining('whoever may write there can change and delete')],
    ['records end', 'warn', expect.stringContaining('privacy.eraseAfterDays')],
    noKeys,
  ]);
});

test('a store that is not there fails, with what makes it', async () => {
  await keepIn({ folder: 'elsewhere' });
  expect(await examine()).toEqual([
    ['records store', 'fail', expect.stringContaining('there is no such folder')],
    ['records end', 'warn', expect.any(String)],
    noKeys,
  ]);
});

test('a bucket that holds records longer than people may be kept fails', async () => {
  await gateway.addBucket('contoso-records', { lock: { mode: 'COMPLIANCE', days: 800 } });
  await keepIn(gateway.settings('contoso-records'));
  await stack.edit('policy/policy.yaml', /$/, '\nprivacy:\n  eraseAfterDays: 730\n');
  expect(await examine()).toEqual([
    ['records store', 'pass', 's3://contoso-records answers, and is empty'],
    ['records immutability', 'fail', expect.stringMatching(/800 days.*after 730: nobody could be erased in time/)],
    ['records end', 'pass', expect.stringContaining('730 days')],
    noKeys,
  ]);
});

async function keepIn(store: RecordStoreSettings): Promise<void> {
  await stack.edit(tenantFile, /$/, `\n${stringify({ records: { store } })}`);
}

async function examine(): Promise<string[][]> {
  const { findings } = await stack.diagnose({}, records);
  return findings.map(({ name, status, says }) => [name, status, says]);
}
