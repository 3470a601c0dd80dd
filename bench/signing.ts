// Benchmark of the signatures over the facts: signing account files, and holding them against
// main's history, against reading the same files.
// `node bench/signing.ts [--files 2000]`. Fails if a signature is not what it has to be, or one of the two costs more than is allowed.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aRepository } from '../cli/init/repository.fixture.ts';
import { createFactsKeyPair, hashRules, readPrivateKey, verifySignature } from '../forge/facts-key.ts';
import { anAccountFile } from '../policy/account-file.fixture.ts';
import { getAccountsFolder, serialiseAccountFile } from '../policy/files/account-file.ts';
import { loadStack, type StackFiles } from '../policy/files/stack-files.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { createSigningContext, type SigningContext } from '../policy/signing/account-past.ts';
import { judgeFiles } from '../policy/signing/judge-files.ts';
import { signFile } from '../policy/signing/signed-line.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { measureLeastProcessorTime } from './apply/timing.ts';
import { failOnFaults } from './fail-on-faults.ts';

const allowedShare = 0.25;

const { values } = parseArgs({ options: { files: { type: 'string', default: '2000' } } });
const count = Number(values.files);
const stack = 'contoso';
const tenant = { stack, tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e' };
const { privateKey, publicKey } = createFactsKeyPair();
const signer = { key: 'bench', rules: hashRules('policy', 'prices'), sign: readPrivateKey(privateKey).sign };
const repository = await aRepository();
try {
  await measure();
} finally {
  await repository.remove();
}

async function measure(): Promise<void> {
  await writeStack();
  const read = await readFiles();
  const onMain = read.map(({ path, text }) => ({ path, text, at: 0 }));
  const countVouched = (files: typeof read) =>
    judgeFiles({ files, versions: onMain }, buildContext()).filter(({ problems }) => problems.length === 0).length;
  const [reading = 0, signing = 0, verifying = 0] = await measureLeastProcessorTime(
    5,
    readFiles,
    async () => read.forEach(({ value }) => void signFile(value, 'disable', tenant, signer)),
    async () => void countVouched(read),
  );
  const [vouched, fooled] = [countVouched(read), countVouched(read.map(forge))];
  printLine(`${count} files read`, `${reading.toFixed(2)} s of processor time`);
  const shares = Object.entries({ signed: signing / reading, verified: verifying / reading });
  for (const [what, share] of shares) printLine(what, `${share.toFixed(2)} times that; ${allowedShare} allowed`);
  failOnFaults([
    ...(vouched === count ? [] : [`${vouched} of ${count} files are signed as they stand.`]),
    ...(fooled === 0 ? [] : [`${fooled} forged files pass for signed.`]),
    ...shares.flatMap(([what, share]) =>
      share <= allowedShare ? [] : [`${what}: ${share.toFixed(2)} times reading.`],
    ),
  ]);
}

/** As every command reads a stack. */
async function readFiles(): Promise<StackFiles['accounts']> {
  return (await loadStack(openWorkingTree(repository.root), stack)).accounts;
}

async function writeStack(): Promise<void> {
  const folder = join(repository.root, getAccountsFolder(stack));
  await mkdir(folder, { recursive: true });
  const identity = { clientId: tenant.tenantId };
  const notifications = { sender: 'it@contoso.com', replyTo: 'it@contoso.com' };
  const settings = { tenantId: tenant.tenantId, cloud: 'global', audit: identity, apply: identity, notifications };
  const text = JSON.stringify({ ...settings, timeZone: 'UTC', currency: 'USD' });
  await writeFile(join(repository.root, `stacks/${stack}/tenant.yaml`), text);
  for (let at = 0; at < count; at++) {
    const file = signFile(buildFile(at), 'disable', tenant, signer);
    await writeFile(join(folder, `${at}.yaml`), serialiseAccountFile(file));
  }
}

/** Main's line is one commit that brought all files. */
function buildContext(): SigningContext {
  const settings = { tenantId: tenant.tenantId, signing: { current: { name: signer.key, publicKey } } };
  return createSigningContext(stack, settings, { verify: verifySignature, places: new Map([['0'.repeat(40), 0]]) });
}

function forge(parsed: StackFiles['accounts'][number]): StackFiles['accounts'][number] {
  const value = { ...parsed.value, evidence: { ...parsed.value.evidence, inactiveDays: 200 } };
  return { ...parsed, value, text: serialiseAccountFile(value) };
}

/** As an audit writes that of a person with one licence, which a OneDrive holds back. */
function buildFile(at: number): AccountFile {
  const userPrincipalName = `silent.${at}@contoso.com`;
  const manager = { displayName: 'Lee Park', mail: 'lee.park@contoso.com' };
  const license = { skuPartNumber: 'SPE_E3', skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', disabledPlans: [] };
  return anAccountFile('disable', {
    account: { userPrincipalName, displayName: `Silent ${at}`, jobTitle: 'Account Executive', manager },
    restore: { accountEnabled: true, mailbox: 'user', licenses: [{ ...license, assignedByGroup: null }] },
    savings: { monthly: 0, currency: 'USD', heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'onedrive-files' }] },
    oneDrive: {
      ...{ gigabytes: 2.79, files: 7304, lastUse: '2026-07-17' },
      byDefault: {
        ...{ readOnlyFrom: '2027-04-14', archivedFrom: '2027-05-17' },
        ...{ deletedFrom: '2027-08-18', deletedAtTheLatest: '2028-02-13' },
      },
    },
  });
}

function printLine(name: string, value: string): void {
  console.log(`${name.padEnd(32)}${value}`);
}
