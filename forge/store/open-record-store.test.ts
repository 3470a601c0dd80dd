import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clouds } from '../../policy/schemas/tenant.ts';
import { getBlobHost } from './azure-hosts.ts';
import { openRecordStore } from './open-record-store.ts';

const account = { account: 'contosorecords', container: 'records' };
const real = { root: '/', cloud: 'global', env: {} } as const;

test('each cloud has its host for storage accounts, and an embedded tenant that of the cloud it stands for', () => {
  expect(clouds.map((cloud) => [cloud, getBlobHost(cloud)])).toEqual([
    ['global', 'blob.core.windows.net'],
    ['usgov', 'blob.core.usgovcloudapi.net'],
    ['usgov-dod', 'blob.core.usgovcloudapi.net'],
    ['china', 'blob.core.chinacloudapi.cn'],
    ['emulator', 'blob.core.windows.net'],
    ['emulator-usgov', 'blob.core.usgovcloudapi.net'],
    ['emulator-usgov-dod', 'blob.core.usgovcloudapi.net'],
    ['emulator-china', 'blob.core.chinacloudapi.cn'],
  ]);
});

test('no token of a real tenant goes to a host that tenant.yaml names', async () => {
  const azureBlob = { ...account, endpoint: 'https://contosorecords.blob.core.windows.net.example.com' };
  await expect(openRecordStore({ azureBlob }, real)).rejects.toMatchObject({
    code: 'record-store',
    where: 'container records of contosorecords',
  });
});

test('records of a real tenant are sent over https only', async () => {
  const s3 = { bucket: 'contoso-records', region: 'eu-central-1', endpoint: 'http://minio.contoso.com' };
  await expect(openRecordStore({ s3 }, real)).rejects.toMatchObject({ code: 'record-store' });
  const safe = await openRecordStore({ s3: { ...s3, endpoint: 'https://minio.contoso.com' } }, real);
  expect(safe.place).toBe('s3://contoso-records');
});

test('a folder that is not there is not made: it may be a share that is not mounted', async () => {
  const root = await mkdtemp(join(tmpdir(), 'dormant-records-'));
  await expect(openRecordStore({ folder: 'records' }, { ...real, root })).rejects.toMatchObject({
    code: 'record-store',
    where: `folder ${join(root, 'records')}`,
  });
});

test('in a workflow without an identity for the storage account, what is missing is named', async () => {
  await expect(openRecordStore({ azureBlob: account }, { ...real, env: { CI: 'true' } })).rejects.toMatchObject({
    code: 'no-credential',
    where: 'RECORDS_AZURE_CLIENT_ID and RECORDS_AZURE_TENANT_ID',
  });
});

test('the key of a storage account, which can do everything, opens no real one', async () => {
  const env = { CI: 'true', AZURE_STORAGE_KEY: 'a2V5' };
  await expect(openRecordStore({ azureBlob: account }, { ...real, env })).rejects.toMatchObject({
    code: 'no-credential',
  });
});
