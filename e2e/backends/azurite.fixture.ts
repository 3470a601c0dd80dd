// For the long tests: Azure's own storage emulator, with a container for the state.
import { createHmac } from 'node:crypto';
import { execa } from 'execa';
import { type Backend, createObjects } from './backend.fixture.ts';
import { startNetwork } from './network.fixture.ts';
import { findFreePort, installOnce, startServer } from './server-process.fixture.ts';

const version = '3.37.0';

/** Azurite's one account; its key is public. https://learn.microsoft.com/azure/storage/common/storage-use-azurite */
export const account = 'devstoreaccount1';
export const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azure's answer to a Storage Blob Data Reader who writes. */
const refusal =
  '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation using this permission.</Message></Error>';

export async function startAzurite(): Promise<Backend> {
  const program = await ensureAzurite();
  const port = await findFreePort();
  const options = ['--silent', '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'];
  const stop = await startServer(process.execPath, [program, ...options, '--blobPort', String(port)], {
    url: `http://127.0.0.1:${port}/`,
  });
  const container = `http://127.0.0.1:${port}/${account}/state`;
  const query = `?${createAccountSignature()}`;
  await fetch(`${container}${query}&restype=container`, { method: 'PUT' });
  const network = await startNetwork(port, refusal);
  return {
    url: `azblob://state?storage_account=${account}&protocol=http&domain=127.0.0.1:${network.port}&localemu=true`,
    environment: { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: key },
    network,
    objects: createObjects(container, query, { 'x-ms-blob-type': 'BlockBlob' }),
    async close() {
      await network.close();
      await stop();
    },
  };
}

/** For the tests' own requests. https://learn.microsoft.com/rest/api/storageservices/create-account-sas */
function createAccountSignature(): string {
  const [permissions, services, types, expiry, sasVersion] = ['rwdlc', 'b', 'sco', '2099-01-01', '2021-08-06'];
  const toSign = [account, permissions, services, types, '', expiry, '', '', sasVersion, '', ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(key, 'base64')).update(toSign).digest('base64');
  return String(new URLSearchParams({ sv: sasVersion, ss: services, srt: types, sp: permissions, se: expiry, sig }));
}

/** The path of the program that has blobs only. */
export function ensureAzurite(): Promise<string> {
  return installOnce(`azurite-${version}`, 'node_modules/azurite/dist/src/blob/main.js', installAzurite);
}

async function installAzurite(folder: string): Promise<void> {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional', '--no-save'];
  await execa('npm', ['install', ...options, '--prefix', folder, `azurite@${version}`], { cwd: folder });
}
