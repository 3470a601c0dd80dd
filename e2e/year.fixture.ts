// For tests over months: a company whose audits, merges and applies follow each other weekly on the tenant's own clock, with
// real git, the real engine and every request over HTTPS, in one process so that a year takes minutes.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Emulator, EmulatorOptions } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { type AuditRun, runAudit } from '../audit/run-audit.ts';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { verifySignature } from '../forge/facts-key.ts';
import { anEmulator, fastRetryPolicy } from '../graph/emulator.fixture.ts';
import type { Day } from '../policy/evidence.ts';
import {
  editAccountFile,
  getAccountsFolder,
  getArchiveFolder,
  parseAccountFile,
} from '../policy/files/account-file.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { aPolicy, type PolicyChange, prices } from '../policy/policy.fixture.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { aSigner, aSigning } from '../policy/signing/signing.fixture.ts';
import { readAppliedMain } from '../stacks/applied-main.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { applyStack, type StackOutcome } from '../stacks/run-stack.ts';
import { useEnvironment } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { generousLimits } from './merged-repository.fixture.ts';

const stack = 'contoso';

export interface Year {
  emulator: Emulator;
  folder: string;
  /** The tenant's day. */
  today(): Day;
  /** Advances the tenant's clock. */
  passDays(days: number): void;
  /** An audit of today; nothing is written. */
  audit(): Promise<AuditRun>;
  /** An audit, the merge of its proposal as it is, and the apply; null if it proposed nothing. `review`: right before the merge. */
  runWeek(review?: () => Promise<void>): Promise<StackOutcome | null>;
  /** Merges whatever differs in the folder. */
  merge(message: string): Promise<boolean>;
  /** An apply of what main says today. */
  apply(): Promise<StackOutcome>;
  /** A person's edit of the account's file, merged. */
  editFile(kind: string, change: (file: AccountFile) => AccountFile): Promise<void>;
  /** The account's file on main, in accounts/ or archive/; null: there is none. */
  findFile(kind: string): Promise<AccountFile | null>;
}

/** What is done with a week's results, and more that tenant.yaml says. */
interface YearChange {
  tenant?: object;
  audited?(run: AuditRun): Promise<void>;
  applied?(outcome: StackOutcome): Promise<void>;
}

export async function aYear(
  options: EmulatorOptions,
  policy: PolicyChange = {},
  { tenant: more = {}, audited = async () => {}, applied = async () => {} }: YearChange = {},
): Promise<Year> {
  const sender = { displayName: 'IT Lifecycle', userPrincipalName: 'it-lifecycle@contoso.com' };
  const tenant = await anEmulator({ users: 0, ...options, people: [...(options.people ?? []), sender] });
  const { emulator } = tenant;
  const folder = await mkdtemp(join(tmpdir(), 'year-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { DORMANT_EMULATOR_URL = '', AZURE_CLIENT_SECRET = '' } = tenant.envOf('apply');
  useEnvironment({ DORMANT_EMULATOR_URL, AZURE_CLIENT_SECRET, NODE_EXTRA_CA_CERTS: emulator.caFile });
  const { clock } = emulator.tenant;
  const now = () => new Date(clock.now()).toISOString();
  const today = () => now().slice(0, 10);
  const git = createGit(folder, now);
  const commit = async (message: string) => {
    await git('add', '--all');
    if ((await git('status', '--porcelain')) === '') return false;
    await git('commit', '--quiet', `--message=${message}`);
    return true;
  };
  const state = join(folder, 'out', stack, 'state');
  const loadFiles = () => loadStack(openWorkingTree(folder), stack);
  const audit = async () =>
    runAudit({
      repository: folder,
      files: await loadFiles(),
      remote: { github: null, main: 'main' },
      openTenant: openAuditedTenant,
      today: today(),
      env: tenant.envOf('audit'),
      signer: aSigner(),
      verify: verifySignature,
      readNoted: async () => null,
      retryPolicy: fastRetryPolicy,
      wait: { everyMs: 1_000, atMostMs: 60_000 },
    });
  const apply = async () => {
    const files = await loadFiles();
    return applyStack({
      repository: folder,
      env: process.env,
      files,
      main: await readAppliedMain(folder, files, { env: process.env }),
      today: today(),
      pulumiCommand: await ensurePulumi({ env: process.env }),
      backendUrl: `file://${state}`,
    });
  };
  await git('init', '--quiet', '--initial-branch=main');
  await writeFileBelow(folder, '.gitignore', 'out/\n');
  await writeFileBelow(
    folder,
    `stacks/${stack}/tenant.yaml`,
    stringify({ ...tenant.tenant, signing: aSigning(), ...more }),
  );
  await writeFileBelow(folder, 'policy/prices.yaml', stringify(prices));
  await writeFileBelow(folder, 'policy/policy.yaml', stringify(aPolicy({ ...generousLimits, ...policy })));
  await commit('Adopt Dormant');
  const adopted = await git('rev-parse', 'HEAD');
  await writeKnownSigning(state, { stack, commit: adopted, signing: aSigning(), today: today() });
  return {
    emulator,
    folder,
    today,
    passDays: (days) => clock.advance({ days }),
    audit,
    apply,
    merge: commit,
    async runWeek(review = async () => {}) {
      const run = await audit();
      const { result } = run;
      await audited(run);
      for (const [path, text] of result.plan.files) {
        if (text === null) await rm(join(folder, path), { force: true });
        else await writeFileBelow(folder, path, text);
      }
      await review();
      if (!(await commit(`Merge the proposal of ${today()}`))) return null;
      const outcome = await apply();
      await applied(outcome);
      return outcome;
    },
    async editFile(kind, change) {
      const path = await findPath(folder, emulator.getState(kind).id);
      if (path === null) throw new Error(`${kind} has no file.`);
      const text = await readFile(join(folder, path), 'utf8');
      const edited = editAccountFile({ path, text }, change(parseAccountFile(path, text)));
      await writeFile(join(folder, path), edited);
      await commit(`Edit ${path}`);
    },
    async findFile(kind) {
      const path = await findPath(folder, emulator.getState(kind).id);
      return path === null ? null : parseAccountFile(path, await readFile(join(folder, path), 'utf8'));
    },
  };
}

async function findPath(folder: string, id: string): Promise<string | null> {
  for (const below of [getAccountsFolder(stack), getArchiveFolder(stack)]) {
    for (const name of await readdir(join(folder, below)).catch(() => [])) {
      const path = `${below}/${name}`;
      const { account } = parseAccountFile(path, await readFile(join(folder, path), 'utf8'));
      if (account.id.toLowerCase() === id.toLowerCase()) return path;
    }
  }
  return null;
}

/** Commits have the tenant's day, from which the time in a stage counts. */
function createGit(folder: string, now: () => string) {
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com', '-c', 'commit.gpgSign=false'];
  return async (...args: string[]): Promise<string> => {
    const env = { GIT_AUTHOR_DATE: now(), GIT_COMMITTER_DATE: now() };
    return (await execa('git', ['-C', folder, ...person, ...args], { env })).stdout;
  };
}

async function writeFileBelow(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
