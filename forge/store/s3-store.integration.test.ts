// What only S3 has, on a server with Object Lock: versions that are held, who may only add, and how failures are told.
import { DeleteObjectCommand, PutBucketPolicyCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordStore } from './record-store.ts';
import { type S3Gateway, startS3Gateway } from './s3-gateway.fixture.ts';

const bytes = new TextEncoder().encode('record');
let gateway: S3Gateway;

beforeAll(async () => {
  gateway = await startS3Gateway();
  await gateway.addUser('writer');
});
afterAll(() => gateway.close());

const getDay = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test.each(['COMPLIANCE', 'GOVERNANCE'] as const)(
  'with Object Lock in %s nobody erases a record before its day, its owner neither',
  async (mode) => {
    const bucket = `locked-${mode.toLowerCase()}`;
    await gateway.addBucket(bucket, { lock: { mode, days: 30 } });
    const store = await gateway.open(bucket);
    expect(await store.readImmutability()).toEqual({ kind: 'days', days: 30, mode });
    const before = getDay(30);
    await store.create('a', bytes);
    const kept = await store.erase('a');
    expect([before, getDay(30)].map((until) => ({ kind: 'kept', until }))).toContainEqual(kept);
    expect(await store.read('a')).toEqual(bytes);
  },
);

test('the day until which a record is kept is that of its longest held version', async () => {
  await gateway.addBucket('extended', { lock: { mode: 'GOVERNANCE', days: 1 } });
  const store = await gateway.open('extended');
  await store.create('a', bytes);
  const Retention = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2099-05-06T07:08:09Z') } as const;
  await gateway.client.send(new PutObjectRetentionCommand({ Bucket: 'extended', Key: 'a', Retention }));
  expect(await store.erase('a')).toEqual({ kind: 'kept', until: '2099-05-06' });
});

test('Object Lock lets a second write through as a version more, which the run finds out; a create is still refused', async () => {
  await gateway.addBucket('versions', { lock: { mode: 'COMPLIANCE', days: 30 } });
  const store = await gateway.open('versions');
  await store.create('a', bytes);
  expect(await store.tryReplace('a', bytes)).toBe('accepted');
  expect(await store.create('a', new TextEncoder().encode('forged'))).toBe('exists');
  expect(await store.read('a')).toEqual(bytes);
});

test('a record that somebody has hidden by a delete marker is erased with its marker', async () => {
  await gateway.addBucket('hidden', { versions: true });
  const store = await gateway.open('hidden');
  await store.create('a', bytes);
  await gateway.client.send(new DeleteObjectCommand({ Bucket: 'hidden', Key: 'a' }));
  expect(await store.read('a')).toBeNull();
  expect(await store.erase('a')).toEqual({ kind: 'erased' });
  expect(await store.erase('a')).toEqual({ kind: 'absent' });
});

test('who may add and is denied to replace adds, is told what exists, and erases nothing', async () => {
  await gateway.addBucket('policy', { versions: true });
  await setPolicy('policy', []);
  const writer = await gateway.open('policy', 'writer');
  expect(await writer.create('a', bytes)).toBe('created');
  expect(await writer.create('a', bytes)).toBe('exists');
  await expect(writer.erase('a')).rejects.toMatchObject({
    code: 'record-store',
    message: expect.stringContaining('s3://policy'),
    remedy: expect.stringContaining('s3:DeleteObject'),
  });
  // This server knows no condition `s3:if-none-match`: every write is denied instead of those without it.
  await setPolicy('policy', ['s3:PutObject']);
  expect(await writer.tryReplace('a', bytes)).toBe('refused');
  expect(await writer.read('a')).toEqual(bytes);
});

async function setPolicy(Bucket: string, denied: readonly string[]): Promise<void> {
  const bucket = `arn:aws:s3:::${Bucket}`;
  const Principal = { AWS: ['writer'] };
  const Statement = [
    { Effect: 'Allow', Principal, Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: [bucket] },
    { Effect: 'Allow', Principal, Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${bucket}/*`] },
    ...denied.map((Action) => ({ Effect: 'Deny', Principal, Action, Resource: [`${bucket}/*`] })),
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await gateway.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

test('who may not see the lock is told which permission shows it', async () => {
  await gateway.addBucket('unseen', { lock: { mode: 'COMPLIANCE', days: 30 } });
  await setPolicy('unseen', []);
  const writer = await gateway.open('unseen', 'writer');
  expect(await writer.readImmutability()).toEqual({
    kind: 'unknown',
    because: expect.stringContaining('s3:GetBucketObjectLockConfiguration'),
  });
});

test('a bucket that is not there, and one that lets nobody in, are named', async () => {
  await gateway.addBucket('closed');
  const missing = await gateway.open('elsewhere');
  await expect(missing.create('a', bytes)).rejects.toMatchObject({
    code: 'record-store',
    message: expect.stringContaining('s3://elsewhere: there is no such bucket'),
  });
  await expect(listNames(missing)).rejects.toMatchObject({ code: 'record-store' });
  const closed = await gateway.open('closed', 'writer');
  await expect(closed.create('a', bytes)).rejects.toMatchObject({
    code: 'record-store',
    remedy: expect.stringContaining('s3:PutObject'),
  });
});

test('keys that nobody knows, another region, and a host that does not answer are told apart', async () => {
  await gateway.addBucket('told-apart');
  const stranger = await gateway.open('told-apart', 'stranger');
  const inOtherRegion = await gateway.open('told-apart', undefined, { region: 'us-west-2' });
  const nowhere = await gateway.open('told-apart', undefined, { endpoint: 'http://127.0.0.1:9' });
  const failures = [stranger, inOtherRegion, nowhere].map((store) => store.read('a').catch((error: Error) => error));
  expect(await Promise.all(failures)).toEqual([
    expect.objectContaining({ code: 'record-store', message: expect.stringContaining('InvalidAccessKeyId') }),
    expect.objectContaining({
      code: 'record-store',
      message: expect.stringContaining('another region than us-west-2'),
    }),
    expect.objectContaining({ code: 'record-store', message: expect.stringContaining('127.0.0.1:9 does not answer') }),
  ]);
});

test('two writers of one name at once have one winner, also with Object Lock', async () => {
  await gateway.addBucket('race', { lock: { mode: 'COMPLIANCE', days: 1 } });
  const store = await gateway.open('race');
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.create('a', bytes)));
  expect(outcomes.toSorted()).toEqual(['created', ...Array.from({ length: 7 }, () => 'exists')]);
});

async function listNames(store: RecordStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of store.list('')) names.push(name);
  return names;
}
