// Azure's own storage emulator over HTTPS, which takes the account's key and tokens of Entra. It has neither versions nor policies.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerClient, ContainerSASPermissions, StorageSharedKeyCredential } from '@azure/storage-blob';
import { getTrustedAuthority } from '@dormant-m365/emulator';
import { SignJWT } from 'jose';
import { account, ensureAzurite, key } from '../../e2e/backends/azurite.fixture.ts';
import { findFreePort, startServer } from '../../e2e/backends/server-process.fixture.ts';
import type { RecordStoreSettings } from '../../policy/schemas/records.ts';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { createAzureStore } from './azure-store.ts';
import { checkNames } from './object-names.ts';
import { openRecordStore } from './open-record-store.ts';
import type { RecordStore } from './record-store.ts';

export interface StorageAccount {
  /** Makes it. */
  addContainer(name: string): Promise<void>;
  settings(container: string): RecordStoreSettings;
  /** With which the stack of an embedded tenant opens it. */
  env: NodeJS.ProcessEnv;
  /** As the stack of an embedded tenant does: with the account's key. */
  open(container: string): Promise<RecordStore>;
  /** With a token of Entra, as a real stack does. `claims`: what is not as it should be. */
  openWithToken(container: string, claims?: TokenClaims): Promise<RecordStore>;
  /** As an identity that may only do what these letters say (https://learn.microsoft.com/rest/api/storageservices/create-service-sas). */
  openWithRights(container: string, rights: string): Promise<RecordStore>;
  close(): Promise<void>;
}

interface TokenClaims {
  audience?: string;
  /** Seconds since 1970. */
  notBefore?: number;
}

const cloud: Cloud = 'emulator';

export async function startStorageAccount(): Promise<StorageAccount> {
  const program = await ensureAzurite();
  const authority = await getTrustedAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'dormant-azurite-'));
  const { certificate, key: certificateKey } = await authority.issue(['127.0.0.1']);
  await Promise.all([
    writeFile(join(folder, 'cert.pem'), certificate),
    writeFile(join(folder, 'key.pem'), certificateKey),
  ]);
  const port = await findFreePort();
  const tls = ['--cert', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem'), '--oauth', 'basic'];
  const options = ['--silent', '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', ...tls];
  const stop = await startServer(process.execPath, [program, ...options, '--blobPort', String(port)], {
    url: `https://127.0.0.1:${port}/`,
  });
  const endpoint = `https://127.0.0.1:${port}/${account}`;
  const settings = (container: string) => ({ azureBlob: { account, container, endpoint } });
  return {
    settings,
    env: { AZURE_STORAGE_KEY: key },
    async addContainer(name) {
      await (await createClient(`${endpoint}/${name}`)).create();
    },
    open: (container) => openRecordStore(settings(container), { root: folder, cloud, env: { AZURE_STORAGE_KEY: key } }),
    openWithToken: async (container, claims) =>
      checkNames(createAzureStore(await createClient(`${endpoint}/${container}`, claims), { account, container })),
    async openWithRights(container, rights) {
      const owner = new ContainerClient(`${endpoint}/${container}`, new StorageSharedKeyCredential(account, key));
      const expiresOn = new Date(Date.now() + 3_600_000);
      const url = await owner.generateSasUrl({ permissions: ContainerSASPermissions.parse(rights), expiresOn });
      return checkNames(createAzureStore(new ContainerClient(url), { account, container }));
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Azurite looks at a token's issuer, audience and times, and at no signature. */
async function createClient(url: string, claims: TokenClaims = {}): Promise<ContainerClient> {
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://sts.windows.net/00000000-0000-4000-8000-000000000001/')
    .setAudience(claims.audience ?? 'https://storage.azure.com')
    .setIssuedAt(now)
    .setNotBefore(claims.notBefore ?? now - 60)
    .setExpirationTime(now + 3_600)
    .sign(new TextEncoder().encode('any'.repeat(16)));
  const getToken = async () => ({ token, expiresOnTimestamp: (now + 3_600) * 1_000 });
  return new ContainerClient(url, { getToken }, { retryOptions: { maxTries: 1 } });
}
