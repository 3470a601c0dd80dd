// A company on GitHub, on this machine: the project's code in a bare repository, GitHub's API for it, and a tenant.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, fastQuotas, type PersonInput, startEmulator } from 'dormant-emulator';
import {
  actionsIdentity,
  type GitHubIdentity,
  type GitHubStandIn,
  type Permission,
  reviewerIdentity,
  startGitHub,
} from 'dormant-emulator/github';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { createGit, type Git } from '../../forge/git/git.ts';
import { connectGitHub, type GitHub } from '../../forge/github/github.ts';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { adoptRepository } from './adopt-repository.fixture.ts';
import type { Json } from './expressions.ts';
import { installForProduction } from './production-install.fixture.ts';
import { type JobRun, runWorkflow } from './run-workflow.ts';
import type { WorkflowRunOptions } from './workflow-run-options.ts';

export interface WorkflowWorld {
  tenant: Emulator;
  standIn: GitHubStandIn;
  /** A reviewer's own connection and clone. */
  reviewer: GitHub;
  clone: Git;
  /** Runs a workflow of main's tip, as `event` would start it. `commit`: that of a run which is run again. */
  run(
    file: string,
    event: WorkflowRunOptions['event'],
    change?: Partial<Pick<WorkflowRunOptions, 'failingStep' | 'commit'>>,
  ): Promise<JobRun[]>;
  /** Runs the workflows dispatched by `workflow_dispatch` since the last call. */
  runDispatched(): Promise<JobRun[]>;
  /** The event of a push that moved main from `before` to its tip. */
  buildPushEvent(before: string): Promise<WorkflowRunOptions['event']>;
  readHead(): Promise<string>;
  artifacts: string;
  /** Every job that has run, in order. */
  jobs: readonly JobRun[];
  /** The node_modules of every job. */
  installed: string;
  /** The folder of everything: the repository, the engine's state, the artifacts, the clone. */
  folder: string;
  close(): Promise<void>;
}

export interface WorkflowWorldOptions {
  users: number;
  stacks: readonly string[];
  /** More people in the tenant. */
  people?: readonly PersonInput[];
  /** Stacks whose identity does not exist, so that they cannot read anything. */
  broken?: readonly string[];
}

/** The mailbox that notices come from. */
const sender: PersonInput = {
  ...{ displayName: 'IT Lifecycle', userPrincipalName: 'it-lifecycle@contoso.com' },
  ...{ accountEnabled: false, mailbox: { type: 'SharedMailbox' } },
};

/** Exactly the rights that `bootstrap/` grants, so that the workflows prove that they are enough. */
const grantedIdentities = {
  audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'holds'),
  apply: listGrantedRights('apply', 'premium', 'groupEligibility', 'groupRules', 'exchange', 'mail'),
};

export async function aWorld({
  users,
  people = [],
  stacks,
  broken = [],
}: WorkflowWorldOptions): Promise<WorkflowWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-world-'));
  const tenant = await startEmulator({
    users,
    people: [sender, ...people],
    identities: grantedIdentities,
    switches: { concealmentDelaySeconds: 0, ...fastQuotas },
  });
  const bare = join(folder, 'origin.git');
  const work = join(folder, 'reviewer');
  const installed = await installForProduction();
  await adoptRepository({ work, bare, tenant, stacks, broken });
  const identities: GitHubIdentity[] = [reviewerIdentity];
  const standIn = await startGitHub({
    gitDirectory: bare,
    repository: 'contoso/dormant',
    identities,
    clock: tenant.tenant.clock,
  });
  const state = join(folder, 'state');
  const artifacts = join(folder, 'artifacts');
  await Promise.all([mkdir(state), mkdir(artifacts)]);
  const readHead = () => createGit(bare).run(['rev-parse', 'main']);
  const buildSignIn = (which: string) => ({
    env: { AZURE_CLIENT_SECRET: tenant.identities[which]?.clientSecret ?? '' },
    vars: { PULUMI_BACKEND_URL: `file://${state}` },
  });
  const environments = stacks.flatMap((stack) => [
    [`${stack}-audit`, { ...buildSignIn('audit'), secrets: { DORMANT_FACTS_KEY: aPrivateKey() } }] as const,
    [`${stack}-apply`, buildSignIn('apply')] as const,
  ]);
  const jobs: JobRun[] = [];
  const run: WorkflowWorld['run'] = async (file, event, { commit, ...change } = {}) => {
    const ran = await runWorkflow({
      ...change,
      file,
      event,
      bare,
      repository: 'contoso/dormant',
      commit: commit ?? (await readHead()),
      apiUrl: standIn.url,
      createToken: (permissions) => createToken(identities, permissions),
      secrets: { PULUMI_CONFIG_PASSPHRASE: 'correct horse' },
      environments: Object.fromEntries(environments),
      env: {
        DORMANT_EMULATOR_URL: tenant.url,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
        SSL_CERT_FILE: tenant.caFile,
      },
      installed,
      artifacts,
    });
    jobs.push(...ran);
    return ran;
  };
  return {
    tenant,
    standIn,
    reviewer: connectGitHub({
      token: reviewerIdentity.token,
      repository: 'contoso/dormant',
      apiUrl: standIn.url,
      throttled: false,
    }),
    clone: createGit(work),
    run,
    async runDispatched() {
      const runs: JobRun[] = [];
      for (const { workflow, inputs } of standIn.state.dispatches.splice(0)) {
        runs.push(...(await run(workflow, { name: 'workflow_dispatch', payload: {}, inputs })));
      }
      return runs;
    },
    async buildPushEvent(before) {
      return { name: 'push', payload: { before, after: await readHead() } };
    },
    readHead,
    artifacts,
    jobs,
    installed,
    folder,
    async close() {
      await standIn.close();
      await tenant.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A token of the workflow's own bot with exactly the job's `permissions:`. */
function createToken(identities: GitHubIdentity[], permissions: Record<string, string>): string {
  const granted: GitHubIdentity['permissions'] = { metadata: 'read' };
  for (const [name, level] of Object.entries(permissions)) {
    const permission = permissionNames[name];
    if (permission && (level === 'read' || level === 'write')) granted[permission] = level;
  }
  const token = `ghs_${identities.length}`;
  identities.push({ ...actionsIdentity, token, permissions: granted });
  return token;
}

const permissionNames: Record<string, Permission> = {
  actions: 'actions',
  contents: 'contents',
  issues: 'issues',
  'pull-requests': 'pull_requests',
  statuses: 'statuses',
};

/** The payload of a pull request, in the parts that the workflows read; a fork as `from` has no rights here. */
export function buildPullRequestEvent(
  number: number,
  baseSha: string,
  from = 'contoso/dormant',
): WorkflowRunOptions['event'] {
  const pull_request: Json = {
    number,
    base: { sha: baseSha, ref: 'main' },
    head: { repo: { full_name: from } },
  };
  return { name: 'pull_request', payload: { number, pull_request } };
}
