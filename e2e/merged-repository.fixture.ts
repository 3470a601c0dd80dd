// For tests of the apply: a git repository whose merged files a test writes, the embedded tenant, and the real engine.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { AuditResult } from '../audit/audit-result.ts';
import { runAudit } from '../audit/run-audit.ts';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { checkStackFiles } from '../cli/check/check-stack.ts';
import { verifySignature } from '../forge/facts-key.ts';
import { fastRetryPolicy } from '../graph/emulator.fixture.ts';
import { listFormerFiles } from '../policy/account-file.fixture.ts';
import type { Problem } from '../policy/errors.ts';
import { addDays, type Day } from '../policy/evidence.ts';
import { chooseAccountPath, parseAccountFile, serialiseAccountFile } from '../policy/files/account-file.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { getStageOrder } from '../policy/files/stage.ts';
import { aPolicy, type PolicyChange, prices } from '../policy/policy.fixture.ts';
import type { AccountFile, Stage } from '../policy/schemas/account.ts';
import type { Exemption } from '../policy/schemas/exemptions.ts';
import type { Signing } from '../policy/schemas/signing.ts';
import { aSigner, aSigning } from '../policy/signing/signing.fixture.ts';
import { readAppliedMain } from '../stacks/applied-main.ts';
import type { StackRunOptions } from '../stacks/engine/engine-plan.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { readNotedState } from '../stacks/engine/read-noted-state.ts';
import { applyStack, type StackOutcome } from '../stacks/run-stack.ts';
import {
  aFile,
  anInactive,
  aTenantToApplyTo,
  type TenantToApplyTo,
  today,
  useEnvironment,
} from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { signAsAudit } from './signed-files.fixture.ts';

export const stack = 'contoso';
const sender = 'it-lifecycle@contoso.com';

export interface MergedRepository extends Omit<TenantToApplyTo, 'apply'> {
  folder: string;
  /** Environment for a separate process that applies to this tenant. */
  environment: Record<string, string>;
  /**
   * Writes the files of these people in the stage, as one commit, after those of the stages before it that they lack; returns
   * the commit.
   */
  merge(stage: Stage, kinds: readonly string[], change?: AccountFileChange, key?: string): Promise<string>;
  /** Edits the text of a merged file, as somebody does who can push, and merges that. */
  forge(kind: string, edit: (text: string) => string): Promise<string>;
  /** Commits what a test has written into the folder. */
  commitAll(message: string): Promise<string>;
  /** Merges other keys. */
  setSigning(signing: Signing | null): Promise<void>;
  /** As after a lost state whose keys have been known for a week again. */
  knowKeys(signing?: Signing): Promise<void>;
  /** The path of a person’s file. */
  findPath(kind: string): string;
  /** Moves a file to the archive. */
  archive(kind: string): Promise<string>;
  /** Merges the reversal of a commit. */
  revert(commit: string): Promise<void>;
  removeFile(kind: string): Promise<void>;
  exempt(...exemptions: Exemption[]): Promise<void>;
  setPolicy(change: PolicyChange): Promise<void>;
  buildOptions(): Promise<StackRunOptions>;
  apply(): Promise<StackOutcome>;
  /** The next audit's findings and proposal, on this day. */
  audit(day?: Day, key?: string): Promise<AuditResult>;
  /** Merges an audit's whole proposal as one commit; returns the problems that the check finds. */
  mergePlan({ plan }: AuditResult): Promise<Problem[]>;
  /** The kind of the person with this object id, deleted or not. */
  findKind(id: string): string;
  /** The state's own text, as the engine keeps it. */
  readState(): Promise<string>;
  /** Only the tenant's clock can be moved: makes what the state says was written just now as old as the tenant takes it for. */
  ageState(): Promise<void>;
}

/** Makes one account's file differ from what its stage and the tenant say. */
type AccountFileChange = (file: AccountFile) => AccountFile;

/** Caps high enough for a tenant of thirty. */
export const generousLimits: PolicyChange = {
  limits: { shareOfTenant: 1, changesPerApply: 100, changesPerDepartment: 100 },
};

/** `kinds` are people of Sales, silent for 143 days, with SPE_E3; `people` say more of others. */
export async function aMergedRepository(
  kinds: readonly string[],
  people: readonly (PersonInput & { kind: string })[] = [],
  options: Omit<EmulatorOptions, 'people'> = {},
): Promise<MergedRepository> {
  const planned = [...kinds.map((kind) => ({ kind })), ...people].map(buildSilentPerson);
  const it = { kind: 'sender', displayName: 'IT Lifecycle', userPrincipalName: sender };
  const tenant = await aTenantToApplyTo([...planned, it], options);
  const folder = await mkdtemp(join(tmpdir(), 'merged-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const environment = buildEnvironment(tenant);
  useEnvironment(environment); // the engine and its provider inherit it from this process
  const git = createGit(folder);
  const paths = new Map(
    planned.map(({ kind }) => [kind, chooseAccountPath(stack, tenant.emulator.getState(kind), () => false)]),
  );
  const findPath = (kind: string) => paths.get(kind) ?? '';
  /** The last commit of each merge, with the commit before it. */
  const merges = new Map<string, string>();
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return git('rev-parse', 'HEAD');
  };
  const signed = { stack, tenantId: tenant.tenant.tenantId };
  const tenantPath = `stacks/${stack}/tenant.yaml`;
  const statePath = join(getStateFolder(folder), '.pulumi/stacks/dormant', `${stack}.json`);
  const write = (path: string, text: string) => writeFileBelow(folder, path, text);
  const repository: MergedRepository = {
    ...tenant,
    folder,
    environment,
    async merge(stage, kinds, change = (file) => file, key) {
      const before = await git('rev-parse', 'HEAD');
      const merged = kinds.map((kind) => ({ path: findPath(kind), file: change(aDatedFile(tenant, kind, stage)) }));
      for (const step of [...steps, null]) {
        for (const { path, file } of merged) {
          const next = step === null ? file : await findFormerFile(join(folder, path), file, step);
          if (next !== null) await write(path, serialiseAccountFile(signAsAudit(next, signed, key)));
        }
        if (step === null || (await git('status', '--porcelain')) !== '')
          await commit(`${step ?? stage} ${kinds.join(', ')}`);
      }
      const last = await git('rev-parse', 'HEAD');
      merges.set(last, before);
      return last;
    },
    commitAll: commit,
    async forge(kind, edit) {
      const path = findPath(kind);
      await write(path, edit(await readFile(join(folder, path), 'utf8')));
      return commit(`edit ${kind}`);
    },
    async setSigning(signing) {
      await write(tenantPath, stringify({ ...tenant.tenant, ...(signing ? { signing } : {}) }));
      await commit('keys');
    },
    async knowKeys(signing = aSigning()) {
      const known = { stack, commit: await git('rev-parse', 'HEAD'), signing, today };
      await writeKnownSigning(getStateFolder(folder), known);
    },
    async revert(which) {
      const before = merges.get(which);
      await git('revert', '--no-edit', before === undefined ? which : `${before}..${which}`);
    },
    findPath,
    async archive(kind) {
      const path = findPath(kind).replace('/accounts/', '/archive/');
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await git('mv', findPath(kind), path);
      return commit(`archive ${kind}`);
    },
    async removeFile(kind) {
      await rm(join(folder, findPath(kind)));
      await commit(`remove ${kind}`);
    },
    async exempt(...exemptions) {
      await write('exemptions.yaml', stringify({ exemptions }));
      await commit('exempt');
    },
    async setPolicy(change) {
      await write('policy/policy.yaml', stringify(aPolicy(change)));
      await commit('policy');
    },
    buildOptions: () => buildRunOptions(folder),
    apply: async () => applyStack(await buildRunOptions(folder)),
    async audit(day = today, key?: string) {
      const run = await runAudit({
        repository: folder,
        files: await loadStack(openWorkingTree(folder), stack),
        remote: { github: null, main: 'main' },
        openTenant: openAuditedTenant,
        today: day,
        env: tenant.envOf('audit'),
        signer: aSigner(key),
        verify: verifySignature,
        readNoted: async () => readNotedState({ stack, ...(await buildRunOptions(folder)) }),
        retryPolicy: fastRetryPolicy,
        wait: { everyMs: 1_000, atMostMs: 60_000 },
      });
      return run.result;
    },
    async mergePlan({ plan, auditedOn }) {
      for (const [path, text] of plan.files) {
        if (text === null) await rm(join(folder, path));
        else await write(path, text);
      }
      const problems = await checkStackFiles({ repo: folder, stack, base: 'main', today: auditedOn });
      await commit('proposal');
      return problems;
    },
    findKind: (id) => planned.find(({ kind }) => tenant.change(kind).account.id === id)?.kind ?? id,
    readState: () => readFile(statePath, 'utf8'),
    async ageState() {
      const text = await readFile(statePath, 'utf8');
      const hoursAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
      await writeFile(statePath, text.replaceAll(/(wroteAt\\+":\\+")\d{4}-[^"\\]+/g, `$1${hoursAgo}`));
    },
  };
  await git('init', '--quiet', '--initial-branch=main');
  await write('.gitignore', 'out/\n');
  await write(tenantPath, stringify({ ...tenant.tenant, signing: aSigning() }));
  await write('policy/prices.yaml', stringify(prices));
  await repository.setPolicy(generousLimits);
  await repository.knowKeys();
  return repository;
}

const steps: readonly Stage[] = ['notify', 'review', 'disable'];

/** As the audit of the week signs it in which the account would come to the stage, if today it came to delicense. */
function aDatedFile(tenant: TenantToApplyTo, kind: string, stage: Stage): AccountFile {
  const file = aFile(tenant, kind, stage);
  const order = getStageOrder(stage);
  const auditedOn = order < 0 ? today : addDays(today, -7 * (3 - order));
  return { ...file, evidence: { ...file.evidence, auditedOn } };
}

/** What has to be on main before the file; null: it is there, or nothing has to. */
async function findFormerFile(path: string, file: AccountFile, step: Stage): Promise<AccountFile | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const present = text === null ? -1 : getStageOrder(parseAccountFile(path, text).stage);
  return present >= getStageOrder(step) ? null : (listFormerFiles(file).find(({ stage }) => stage === step) ?? null);
}

/** The outcome of each account: the steps that were done, or the reasons why not. */
export function listOutcomes(
  { accounts, refusedFiles }: StackOutcome,
  { findKind }: MergedRepository,
): Record<string, string[]> {
  const entries = accounts.map(({ inputs, report }) => [
    findKind(inputs.account.id),
    [
      ...report.done.map(({ step }) => step),
      ...report.refused.map(({ code }) => `refused: ${code}`),
      ...report.heldBack.map(({ reason }) => `held back: ${reason}`),
      ...report.waits.map((wait) => `waits: ${wait.for}`),
      ...(report.failure ? [`failed: ${report.failure.code}`] : []),
    ],
  ]);
  const ofFiles = refusedFiles.map(({ file, problems }) => [
    findKind(file.account.id),
    problems.map(({ code }) => `file: ${code}`),
  ]);
  return Object.fromEntries([...ofFiles, ...entries]);
}

function buildSilentPerson(person: PersonInput & { kind: string }): PersonInput & { kind: string } {
  const { kind } = person;
  const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  // Too small to be held back for its files.
  const oneDrive = { sizeMb: 120, files: 64 };
  const usual = { displayName: `${name} Silent`, userPrincipalName: `${kind}@contoso.com`, oneDrive };
  return { ...anInactive({ ...usual, ...person }), kind };
}

function buildEnvironment({ emulator, envOf }: TenantToApplyTo): Record<string, string> {
  const { DORMANT_EMULATOR_URL = '', AZURE_CLIENT_SECRET = '' } = envOf('apply');
  return { DORMANT_EMULATOR_URL, AZURE_CLIENT_SECRET, NODE_EXTRA_CA_CERTS: emulator.caFile };
}

async function buildRunOptions(folder: string): Promise<StackRunOptions> {
  await mkdir(getStateFolder(folder), { recursive: true });
  const files = await loadStack(openWorkingTree(folder), stack);
  return {
    repository: folder,
    env: process.env,
    files,
    main: await readAppliedMain(folder, files, { env: process.env }),
    today,
    pulumiCommand: await ensurePulumi({ env: process.env }),
    backendUrl: `file://${getStateFolder(folder)}`,
  };
}

/** The folder where `dormant` itself puts the state. */
function getStateFolder(folder: string): string {
  return join(folder, 'out', stack, 'state');
}

function createGit(folder: string) {
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com', '-c', 'commit.gpgSign=false'];
  // Long ago, so that the days count from the audits.
  const env = { GIT_COMMITTER_DATE: '2026-01-01T12:00:00Z' };
  return async (...args: string[]): Promise<string> =>
    (await execa('git', ['-C', folder, ...person, ...args], { env })).stdout;
}

async function writeFileBelow(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
