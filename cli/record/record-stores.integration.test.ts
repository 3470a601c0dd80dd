// Records in real stores: what is there is not replaced, and the run says so; two runs take two places; people are erased in time.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { aCompany } from '../../audit/report/company.fixture.ts';
import { writeJson } from '../../audit/report/json.ts';
import { readPrivateKey } from '../../forge/facts-key.ts';
import { type StorageAccount, startStorageAccount } from '../../forge/store/azurite.fixture.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { type S3Gateway, startS3Gateway } from '../../forge/store/s3-gateway.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import { getChainName } from '../../policy/records/places.ts';
import { recordKeys } from '../../policy/records/record.fixture.ts';
import type { RecordStoreSettings } from '../../policy/schemas/records.ts';
import { aPrivateKey, aSigning, contoso } from '../../policy/signing/signing.fixture.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { eraseParts, findDueParts } from '../erase/erase-records.ts';
import { addRecord, addRunTo } from './add-record.ts';
import { appendRecord, createRecordId } from './append-record.ts';
import { findChainHead } from './chain-head.ts';
import { verifyRecords } from './verify-records.ts';

let gateway: S3Gateway;
let account: StorageAccount;

beforeAll(async () => {
  [gateway, account] = await Promise.all([startS3Gateway(), startStorageAccount()]);
  await gateway.addUser('writer');
});
afterAll(() => Promise.all([gateway.close(), account.close()]));

/** A repository with the results of an audit; `write` changes them, as another week would. */
async function aRepository(store: RecordStoreSettings) {
  const repo = await mkdtemp(join(tmpdir(), 'dormant-stores-'));
  onTestFinished(() => rm(repo, { recursive: true, force: true }));
  const tenant = {
    ...{ tenantId: contoso.tenantId, cloud: 'emulator', timeZone: 'UTC', currency: 'USD', signing: aSigning() },
    ...{ audit: { clientId: contoso.tenantId }, apply: { clientId: contoso.tenantId } },
    notifications: { sender: 'it@contoso.com', replyTo: 'it@contoso.com' },
    records: { store, keys: [...recordKeys] },
  };
  const texts = { 'stacks/contoso/tenant.yaml': tenant, 'policy/policy.yaml': aPolicy(), 'policy/prices.yaml': prices };
  for (const [path, value] of Object.entries(texts)) {
    await mkdir(join(repo, path, '..'), { recursive: true });
    await writeFile(join(repo, path), stringify(value));
  }
  const write = async (people: number) => {
    const result = anAuditResult({ people: aCompany(people) });
    await writeJson(result, join(repo, 'out', 'contoso'), buildFactsLister(result));
    return result.auditedOn;
  };
  const record = async (env: NodeJS.ProcessEnv = process.env) =>
    addRecord('audit', await loadStack(openWorkingTree(repo), 'contoso'), {
      repo,
      env: { ...env, DORMANT_RECORDS_KEY: aPrivateKey('contoso-audit') },
    });
  return { repo, write, record };
}

const only = (bucket: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['writer'] },
      Action: ['s3:ListBucket', 's3:GetBucketObjectLockConfiguration'],
      Resource: [`arn:aws:s3:::${bucket}`],
    },
    {
      Effect: 'Allow',
      Principal: { AWS: ['writer'] },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: [`arn:aws:s3:::${bucket}/*`],
    },
  ],
});

function useKeys(user: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', user);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', `${user}-secret`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const verify = (store: RecordStore) => verifyRecords(store, 'contoso', { keys: recordKeys });

test('in a bucket with Object Lock a record is added once, and what could change it is told by the run', async () => {
  await gateway.addBucket('locked', { lock: { mode: 'COMPLIANCE', days: 30 }, policy: only('locked') });
  const { write, record } = await aRepository(gateway.settings('locked'));
  useKeys('writer');
  const today = await write(40);
  const first = await record();
  // Object Lock alone makes a second write a version more: the run finds out that nothing refuses it.
  expect(first).toMatchObject({ record: { sequence: 1 }, isReplaceable: true });
  expect(await record()).toBeNull();
  await write(41);
  expect(await record()).toMatchObject({ record: { sequence: 2, previous: expect.any(String) } });

  const store = await gateway.open('locked');
  expect(await store.create(getChainName('contoso', 1), new TextEncoder().encode('forged'))).toBe('exists');
  const verified = await verify(store);
  expect([verified.findings, verified.signers]).toEqual([[], [{ key: 'contoso-audit', kind: 'audit', records: 2 }]]);

  // What the store holds is not erased before its day, and no record says so.
  const due = await findDueParts(store, 'contoso', {
    until: null,
    people: null,
    findProtected: () => new Set(),
    today,
  });
  expect(due).toMatchObject({ names: [], lockedParts: verified.parts });
});

test('in a container whose identity may only add, a second write to a record’s name is refused, and the run says so', async () => {
  await account.addContainer('adds');
  const { repo, write } = await aRepository(account.settings('adds'));
  await write(20);
  // racl: read, add, create and list, and neither write nor delete.
  const store = await account.openWithRights('adds', 'racl');
  const files = await loadStack(openWorkingTree(repo), 'contoso');
  const added = await addRunTo(store, 'audit', files, {
    repo,
    env: { DORMANT_RECORDS_KEY: aPrivateKey('contoso-audit') },
  });
  expect(added).toMatchObject({ isReplaceable: false, record: { sequence: 1 } });
});

test.each<[string, () => Promise<RecordStore>]>([
  ['a container', () => account.addContainer('races').then(() => account.open('races'))],
  ['a bucket', () => gateway.addBucket('races').then(() => gateway.open('races'))],
])(
  'of two runs that want one place in %s, the store refuses the second, which says so and takes the next',
  async (_, open) => {
    const store = await open();
    const link = (kind: 'audit' | 'apply') => ({
      ...{
        format: 1,
        stack: 'contoso',
        tenantId: contoso.tenantId,
        id: createRecordId(kind, '2026-12-07'),
        kind,
        day: '2026-12-07',
      },
      ...{ run: `${kind}/1`, commit: null, body: null, parts: [], keys: [], signing: null },
    });
    const head = await findChainHead(store, 'contoso');
    const [one, other] = await Promise.all(
      (['audit', 'apply'] as const).map((kind) => appendRecord(store, link(kind), { signer: null, head })),
    );
    const [first, second] = [one, other].sort((a, b) => (a?.record.sequence ?? 0) - (b?.record.sequence ?? 0));
    expect([first?.record.sequence, second?.record.sequence, first?.taken]).toEqual([1, 2, []]);
    expect(second?.record.previous).toBe(first?.hash);
    expect(second?.taken).toEqual([
      `The store refused a second contoso/chain/000001.json: record 1 is the ${first?.record.kind} of 2026-12-07, run ${first?.record.run}. This run takes the next place.`,
    ]);
  },
);

test.each<
  [string, (name: string) => Promise<{ settings: RecordStoreSettings; store: RecordStore; env: NodeJS.ProcessEnv }>]
>([
  [
    'a container',
    async (name) => {
      await account.addContainer(name);
      return { settings: account.settings(name), store: await account.open(name), env: account.env };
    },
  ],
  [
    'a bucket with versions',
    async (name) => {
      await gateway.addBucket(name, { versions: true });
      return { settings: gateway.settings(name), store: await gateway.open(name), env: process.env };
    },
  ],
])('from %s people are erased, and its records are verified whole afterwards', async (_, open) => {
  const { settings, store, env } = await open('erases');
  const { write, record } = await aRepository(settings);
  useKeys('owner');
  const today = await write(30);
  const added = await record(env);
  const later = addDays(today, 400);
  const due = await findDueParts(store, 'contoso', {
    until: today,
    people: null,
    findProtected: (all) => new Set([...all].slice(0, 2)),
    today: later,
  });
  expect(due.protectedParts).toBe(2);
  const link = {
    ...{
      format: 1,
      stack: 'contoso',
      tenantId: contoso.tenantId,
      day: later,
      run: 'erase/1',
      commit: null,
      because: 'a test',
    },
    ...{ keys: [...recordKeys], signing: null },
  };
  const { sign } = readPrivateKey(aPrivateKey('contoso-erasure'));
  const signer = { key: 'contoso-erasure', sign };
  const erased = await eraseParts(store, due, { link, signer });
  expect(erased).toMatchObject({ kept: 0, erased: (added?.record.parts.length ?? 0) - 2 });
  const verified = await verify(store);
  expect(verified.parts).toBe(2);
  expect([verified.findings, [...verified.erased]]).toEqual([[], [[later, erased.erased]]]);
});
