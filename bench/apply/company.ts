// The benchmark's repository and tenant: everybody is inactive, licensed, and has an account file.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import { SKUS } from '@dormant-m365/emulator/tenant';
import { stringify } from 'yaml';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { anAccountFile, listFormerFiles } from '../../policy/account-file.fixture.ts';
import { chooseAccountPath, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { aSignedFile, aSigning } from '../../policy/signing/signing.fixture.ts';
import type { StackRunOptions } from '../../stacks/engine/engine-plan.ts';
import { writeKnownSigning } from '../../stacks/engine/known-signing.fixture.ts';
import { ensurePulumi } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { tipWith } from '../../stacks/trusted-files.fixture.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';

export interface BenchCompany {
  emulator: Emulator;
  folder: string;
  stateFile: string;
  /** `disabled` people are in stage disable, the others in keep: no mail is measured. */
  merge(disabled: number): Promise<StackRunOptions>;
  /** How many of the first `disabled` people can still sign in, or have a mailbox that is not shared. */
  countLost(disabled: number): number;
  close(): Promise<void>;
}

const today = '2026-12-07';
const stack = 'bench';

export async function createBenchCompany(accounts: number, quotaSpeed: number): Promise<BenchCompany> {
  const emulator = await startEmulator({
    users: 0,
    people: Array.from({ length: accounts }, (_, at) => ({
      userPrincipalName: `silent.${at}@contoso.com`,
      inactiveDays: 143,
    })),
    logLimit: 1_000_000,
    switches: { quotaSpeed },
  });
  emulator.trust();
  process.env.DORMANT_EMULATOR_URL = emulator.url;
  process.env.NODE_EXTRA_CA_CERTS = emulator.caFile;
  process.env.AZURE_CLIENT_SECRET = emulator.identities.apply?.clientSecret ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'dormant-bench-'));
  const state = join(folder, 'state');
  await mkdir(state);
  const signing = aSigning();
  // The provider asks between two accounts whether main has moved.
  const git = createGit(folder);
  await git.run(['init', '--quiet', '--initial-branch=main']);
  await git.run([...asBench, 'commit', '--quiet', '--allow-empty', '--message=Main']);
  const commit = await git.run(['rev-parse', 'HEAD']);
  await writeKnownSigning(state, { stack, commit, signing, today });
  const signed = { tenant: { stack, tenantId: emulator.tenant.id } };
  await writeText(folder, `stacks/${stack}/tenant.yaml`, stringify({ ...buildTenant(emulator), signing }));
  await writeText(folder, 'policy/prices.yaml', stringify(prices));
  await writeText(folder, 'policy/policy.yaml', stringify(uncapped));
  return {
    emulator,
    folder,
    stateFile: join(state, `.pulumi/stacks/dormant/${stack}.json`),
    async merge(disabled) {
      const versions = [];
      for (let at = 0; at < accounts; at += 1) {
        const file = buildAccountFile(emulator, `silent.${at}@contoso.com`, at < disabled ? 'disable' : 'keep');
        const path = chooseAccountPath(stack, file.account, () => false);
        const texts = [...listFormerFiles(file), file].map((each) => serialiseAccountFile(aSignedFile(each, signed)));
        await writeText(folder, path, texts.at(-1) ?? '');
        versions.push(...texts.map((text, place) => ({ path, text, at: place })));
      }
      versions.sort((a, b) => a.at - b.at);
      const places = new Map([[commit, 0]]);
      const commits = versions.map(() => ({ commit, day: '2026-01-01', isProposals: false }));
      const rest = {
        commits,
        ...{ lists: [], giveBacks: [], policies: [], tenants: [], holidays: [] },
        signing,
        applied: commit,
        verify: verifySignature,
      };
      const main = { ...tipWith(commit), versions, places, ...rest };
      const files = await loadStack(openWorkingTree(folder), stack);
      const pulumiCommand = await ensurePulumi({ env: process.env });
      return { repository: folder, env: process.env, files, main, today, pulumiCommand, backendUrl: `file://${state}` };
    },
    countLost: (disabled) =>
      Array.from({ length: disabled }, (_, at) => emulator.getState(`silent.${at}@contoso.com`)).filter(
        ({ accountEnabled, mailbox }) => accountEnabled || mailbox?.type !== 'SharedMailbox',
      ).length,
    async close() {
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const uncapped = aPolicy({
  limits: { shareOfTenant: 1, changesPerApply: 100_000, changesPerDepartment: 100_000 },
});

function buildTenant({ tenant, identities }: Emulator) {
  const toClient = (name: string) => ({ clientId: identities[name]?.clientId ?? '' });
  return {
    tenantId: tenant.id,
    cloud: 'emulator',
    audit: toClient('audit'),
    apply: toClient('apply'),
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
    timeZone: 'Europe/Berlin',
    currency: 'USD',
  };
}

function buildAccountFile(emulator: Emulator, who: string, stage: 'disable' | 'keep'): AccountFile {
  const { id, userPrincipalName, displayName } = emulator.getState(who);
  const { skuId, skuPartNumber } = SKUS.SPE_E3;
  const license = { skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] };
  return anAccountFile(stage, {
    account: { id, userPrincipalName, displayName },
    restore: { accountEnabled: true, mailbox: 'user', licenses: [license] },
    savings: { monthly: 36, currency: 'USD', heldBack: [] },
  });
}

async function writeText(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const asBench = ['-c', 'user.name=Bench', '-c', 'user.email=bench@contoso.com', '-c', 'commit.gpgSign=false'];
