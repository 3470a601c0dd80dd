// What only Azure has, on its own emulator: who signs in, who may only add, and how failures are told.
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StorageAccount, startStorageAccount } from './azurite.fixture.ts';
import { openRecordStore } from './open-record-store.ts';
import type { RecordStore } from './record-store.ts';

const bytes = new TextEncoder().encode('record');
let account: StorageAccount;

beforeAll(async () => {
  account = await startStorageAccount();
  await account.addContainer('records');
});
afterAll(() => account.close());

test('who may only add and read adds, is told what exists, and replaces nothing', async () => {
  const writer = await account.openWithRights('records', 'rcl');
  expect(await writer.create('adds/a', bytes)).toBe('created');
  expect(await writer.create('adds/a', new TextEncoder().encode('forged'))).toBe('exists');
  expect(await writer.tryReplace('adds/a', bytes)).toBe('refused');
  expect(await writer.read('adds/a')).toEqual(bytes);
});

test('who may not delete is told which permission erases', async () => {
  const writer = await account.openWithRights('records', 'rcl');
  await writer.create('keeps/a', bytes);
  await expect(writer.erase('keeps/a')).rejects.toMatchObject({
    code: 'record-store',
    message: expect.stringContaining('container records of devstoreaccount1'),
    remedy: expect.stringContaining('blobs/delete'),
  });
  expect(await writer.read('keeps/a')).toEqual(bytes);
});

test('who may only read is not said to have created anything', async () => {
  const reader = await account.openWithRights('records', 'rl');
  const refusal = { code: 'record-store', remedy: expect.stringContaining('blobs/add/action') };
  await expect(reader.create('reads/a', bytes)).rejects.toMatchObject(refusal);
  expect(await reader.tryReplace('reads/a', bytes)).toBe('refused');
  expect(await reader.read('reads/a')).toBeNull();
});

test('a container that is not there is named, with the command that makes it', async () => {
  const store = await account.open('elsewhere');
  const missing = { code: 'record-store', remedy: expect.stringContaining('az storage container create') };
  await expect(store.create('a', bytes)).rejects.toMatchObject(missing);
  await expect(store.read('a')).rejects.toMatchObject(missing);
  await expect(store.erase('a')).rejects.toMatchObject(missing);
  await expect(store.readImmutability()).rejects.toMatchObject(missing);
  await expect(listNames(store)).rejects.toMatchObject(missing);
});

test.each([
  ['is not valid yet', { notBefore: Math.floor(Date.now() / 1_000) + 7_200 }],
  ['is for somebody else', { audience: 'https://graph.microsoft.com' }],
])('a token that %s is refused, and the clock and the tenant are named', async (_, claims) => {
  const store = await account.openWithToken('records', claims);
  await expect(store.create('a', bytes)).rejects.toMatchObject({
    code: 'record-store',
    remedy: expect.stringMatching(/clock.*tenant/),
  });
});

test('no failure carries the token that the request had', async () => {
  const store = await account.openWithToken('elsewhere');
  const failure = await store.read('a').catch((error: Error) => error);
  expect(failure instanceof Error ? failure.cause : null).toMatch(/^RestError: The specified container does not exist/);
  expect(inspect(failure, { depth: 9, showHidden: true, customInspect: false })).not.toMatch(/eyJ|Bearer/);
});

test('a host that does not answer is named', async () => {
  const settings = { account: 'contosorecords', container: 'records', endpoint: 'https://127.0.0.1:9/contosorecords' };
  const env = { AZURE_STORAGE_KEY: 'a2V5' };
  const store = await openRecordStore({ azureBlob: settings }, { root: '/', cloud: 'emulator', env });
  const message = expect.stringContaining('127.0.0.1:9 does not answer (ECONNREFUSED)');
  await expect(store.read('a')).rejects.toMatchObject({ code: 'record-store', message });
});

async function listNames(store: RecordStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of store.list('')) names.push(name);
  return names;
}
