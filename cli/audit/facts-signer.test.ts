import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifySignature } from '../../forge/facts-key.ts';
import { aFactsKey, aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { aStack } from '../accounts/stack.fixture.ts';
import { readFactsSigner } from './facts-signer.ts';

async function filesWith(signing: object) {
  const stack = await aStack([]);
  onTestFinished(() => stack.remove());
  const { tenant, ...files } = await stack.files();
  return { ...files, tenant: { ...tenant, value: { ...tenant.value, signing } } };
}

async function aKeyFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'facts-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'key'), text);
  return join(folder, 'key');
}

test('the private half in the environment signs under the name that tenant.yaml gives its public half', async () => {
  const env = { DORMANT_FACTS_KEY: `${aPrivateKey('spring')}\n` };
  for (const signing of [{ current: aFactsKey('spring') }, { current: aFactsKey(), next: aFactsKey('spring') }]) {
    const signer = await readFactsSigner({ env }, await filesWith(signing));
    expect(signer?.key).toBe('spring');
    expect(verifySignature('text', signer?.sign('text') ?? '', aFactsKey('spring').publicKey)).toBe(true);
    expect(signer?.rules).toMatch(/^[0-9a-f]{32}$/);
  }
});

test('a key file comes before the environment', async () => {
  const keyFile = await aKeyFile(aPrivateKey('spring'));
  const files = await filesWith({ current: aFactsKey('spring') });
  expect(await readFactsSigner({ keyFile, env: { DORMANT_FACTS_KEY: 'x' } }, files)).toMatchObject({ key: 'spring' });
});

test('without a key there is no signer', async () => {
  const files = await filesWith({ current: aFactsKey() });
  expect(await readFactsSigner({ env: {} }, files)).toBe(null);
  expect(await readFactsSigner({ env: { DORMANT_FACTS_KEY: '' } }, files)).toBe(null);
});

test.each([
  ['is not listed', { current: aFactsKey() }],
  ['is retired', { current: aFactsKey(), retired: [{ ...aFactsKey('spring'), until: '2027-01-01' }] }],
  ['is revoked', { current: aFactsKey(), revoked: [{ ...aFactsKey('spring'), commit: 'a'.repeat(40) }] }],
])('a key that %s signs nothing', async (_, signing) => {
  const env = { DORMANT_FACTS_KEY: aPrivateKey('spring') };
  await expect(readFactsSigner({ env }, await filesWith(signing))).rejects.toMatchObject({
    code: 'facts-key',
    exitCode: 2,
  });
});

test('text that is no key, and a file that is not there, are named', async () => {
  const files = await filesWith({ current: aFactsKey() });
  const noFile = readFactsSigner({ keyFile: '/nowhere/key', env: {} }, files);
  await expect(noFile).rejects.toMatchObject({ code: 'facts-key', where: '/nowhere/key' });
  const noKey = readFactsSigner({ env: { DORMANT_FACTS_KEY: 'secret' } }, files);
  await expect(noKey).rejects.toMatchObject({ code: 'facts-key', message: expect.not.stringContaining('secret') });
});
