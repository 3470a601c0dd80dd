// A company on GitHub, on this machine: the project's code in a bare repository, GitHub's API for it, and a tenant.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, fastQuotas, type PersonInput, startEmulator, testWeather } from '@dormant-m365/emulator';
import {
  actionsIdentity,
  createMergeGroup,
  type GitHubIdentity,
  type GitHubStandIn,
  listPulls,
  mergeGroup,
  type Pull,
  reviewerIdentity,
  startGitHub,
} from '@dormant-m365/emulator/github';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { createGit, type Git } from '../../forge/git/git.ts';
import { connectGitHub, type GitHub } from '../../forge/github/github.ts';
import type { RecordKind } from '../../policy/schemas/records.ts';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { adoptRepository } from './adopt-repository.fixture.ts';
import { isStarted, type WorkflowEvent } from './github-event.ts';
import { appKey, appOptions, createAppToken, createJobToken } from './job-tokens.fixture.ts';
import { installForProduction } from './production-install.fixture.ts';
import { type JobRun, runWorkflow } from './run-workflow.ts';
import { parseWorkflow } from './workflow-file.ts';
import type { WorkflowRunOptions } from './workflow-run-options.ts';

/** Everything but the name and what it carries is main's, unless the event says otherwise. */
type EventInput = Pick<WorkflowEvent, 'name'> & Partial<WorkflowEvent>;

export interface WorkflowWorld {
  tenant: Emulator;
  standIn: GitHubStandIn;
  /** A reviewer's own connection and clone. */
  reviewer: GitHub;
  clone: Git;
  /** Runs one workflow, as `event` would start it. */
  run(
    file: string,
    event: EventInput,
    change?: Pick<WorkflowRunOptions, 'failingStep' | 'beforeStep' | 'vars' | 'env'>,
  ): Promise<JobRun[]>;
  /** Runs every workflow that GitHub starts for the event, from the commit and with the rights that it has. */
  deliver(event: EventInput): Promise<JobRun[]>;
  /** Runs the workflows dispatched by `workflow_dispatch` since the last call. */
  runDispatched(): Promise<JobRun[]>;
  /** Runs what GitHub holds back until somebody with write access approves it. */
  approveRuns(): Promise<JobRun[]>;
  /** The event of a push that moved main from `before` to its tip. */
  buildPushEvent(before: string): Promise<WorkflowEvent>;
  /** The event of a pull request that was opened or pushed to, or that has lost a label. */
  buildPullRequestEvent(number: number, action?: PullRequestAction): Promise<WorkflowEvent>;
  /** Sends a pull request through the merge queue, whose checks the jobs are. Rejects with the checks that it lacks. */
  mergeByQueue(number: number): Promise<JobRun[]>;
  readHead(): Promise<string>;
  /** The repository itself. */
  bare: string;
  artifacts: string;
  /** By artifact, the days that it is kept. */
  retention: ReadonlyMap<string, string>;
  /** Every job that has run, in order. */
  jobs: readonly JobRun[];
  /** The node_modules of every job. */
  installed: string;
  /** The folder of everything: the repository, the engine's state, the artifacts, the clone. */
  folder: string;
  close(): Promise<void>;
}

type PullRequestAction = 'opened' | 'synchronize' | { unlabeled: string };

export interface WorkflowWorldOptions {
  users: number;
  stacks: readonly string[];
  /** More people in the tenant. */
  people?: readonly PersonInput[];
  /** Stacks whose identity does not exist, so that they cannot read anything. */
  broken?: readonly string[];
  /** Whether the company has made the GitHub App; default true. */
  hasApp?: boolean;
  /** A folder that `dormant init --new` has made, with its node_modules; default: this repository, with what its jobs install. */
  team?: string | null;
  /** Rules of main, as the guide sets them; default none, so that a merge needs no check. */
  rules?: GitHubStandIn['state']['settings']['rules'];
}

/** As GITHUB_REPOSITORY has it. */
const repository = 'contoso/dormant';

/** As `recordKeys` lists them. */
const buildRecordsSecret = (kind: RecordKind) => ({ DORMANT_RECORDS_KEY: aPrivateKey(`contoso-${kind}`) });

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
  hasApp = true,
  team = null,
  rules = [],
}: WorkflowWorldOptions): Promise<WorkflowWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-world-'));
  const tenant = await startEmulator({
    users,
    people: [sender, ...people],
    identities: grantedIdentities,
    switches: { concealmentDelaySeconds: 0, ...fastQuotas, ...testWeather },
  });
  const bare = join(folder, 'origin.git');
  const work = join(folder, 'reviewer');
  const installed = team === null ? await installForProduction() : join(team, 'node_modules');
  await adoptRepository({ work, bare, tenant, stacks, team, broken });
  const identities: GitHubIdentity[] = [reviewerIdentity];
  const standIn = await startGitHub({
    gitDirectory: bare,
    repository,
    identities,
    clock: tenant.tenant.clock,
  });
  const state = join(folder, 'state');
  const artifacts = join(folder, 'artifacts');
  await Promise.all([mkdir(state), mkdir(artifacts)]);
  const origin = createGit(bare);
  const readHead = () => origin.run(['rev-parse', 'main']);
  const buildSignIn = (which: string) => ({
    env: { AZURE_CLIENT_SECRET: tenant.identities[which]?.clientSecret ?? '' },
    vars: { PULUMI_BACKEND_URL: `file://${state}` },
  });
  const { settings } = standIn.state;
  settings.rules = [...rules];
  const withApp = hasApp ? { DORMANT_APP_PRIVATE_KEY: appKey } : {};
  const environments: NonNullable<WorkflowRunOptions['environments']> = Object.fromEntries([
    ['github-app', { secrets: withApp }],
    ...stacks.flatMap((stack) => [
      [
        `${stack}-audit`,
        {
          ...buildSignIn('audit'),
          secrets: { DORMANT_FACTS_KEY: aPrivateKey(), ...buildRecordsSecret('audit'), ...withApp },
        },
      ] as const,
      [`${stack}-apply`, { ...buildSignIn('apply'), secrets: buildRecordsSecret('apply') }] as const,
      [`${stack}-erase`, { secrets: buildRecordsSecret('erasure') }] as const,
    ]),
  ]);
  for (const [name, { secrets = {} }] of Object.entries(environments)) {
    settings.environments[name] = {
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    };
    settings.branchPolicies[name] = [{ name: 'main' }];
    settings.secrets[name] = Object.keys(secrets);
  }
  const jobs: JobRun[] = [];
  const retention = new Map<string, string>();
  const waiting: { file: string; event: WorkflowEvent }[] = [];
  const readEvent = async (input: EventInput): Promise<WorkflowEvent> => {
    const commit = input.commit ?? (await readHead());
    return { payload: {}, ref: 'refs/heads/main', from: 'repository', checkedCommit: commit, ...input, commit };
  };
  const run: WorkflowWorld['run'] = async (file, input, change = {}) => {
    const event = await readEvent(input);
    const ran = await runWorkflow({
      ...change,
      file,
      event,
      bare,
      repository,
      apiUrl: standIn.url,
      settings,
      createToken: (permissions) => createJobToken(identities, permissions),
      app: hasApp ? { ...appOptions, createToken: (asked) => createAppToken(identities, asked) } : null,
      vars: { ...(hasApp ? { DORMANT_APP_CLIENT_ID: appOptions.clientId } : {}), ...change.vars },
      secrets: { PULUMI_CONFIG_PASSPHRASE: 'correct horse' },
      environments,
      env: {
        DORMANT_EMULATOR_URL: tenant.url,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
        SSL_CERT_FILE: tenant.caFile,
        ...change.env,
      },
      installed,
      artifacts,
      retention,
    });
    jobs.push(...ran);
    const { appId = null } = actionsIdentity;
    standIn.state.checkRuns.push(
      ...ran.map(({ name, conclusion }) => ({ sha: event.checkedCommit, name, conclusion, appId })),
    );
    return ran;
  };
  const deliver: WorkflowWorld['deliver'] = async (input) => {
    const event = await readEvent(input);
    const listChangedFiles = async () => {
      const { base_sha: base = `${event.commit}^`, before = base } = event.payload;
      const text = await origin.run(['diff', '--name-only', `${String(before)}`, event.commit]);
      return text.split('\n').filter(Boolean);
    };
    const ran: JobRun[] = [];
    for (const [file, text] of await readWorkflowTexts(origin, event.commit)) {
      if (!(await isStarted(parseWorkflow(text), event, listChangedFiles))) continue;
      // What GITHUB_TOKEN has opened waits: https://docs.github.com/actions/concepts/security/github_token
      if (readLogin(event) === actionsIdentity.login) waiting.push({ file, event });
      else ran.push(...(await run(file, event)));
    }
    return ran;
  };
  const runDispatched: WorkflowWorld['runDispatched'] = async () => {
    const runs: JobRun[] = [];
    for (const { workflow, ref, inputs } of standIn.state.dispatches.splice(0)) {
      const commit = await origin.run(['rev-parse', ref]);
      const event = { name: 'workflow_dispatch', inputs, ref: `refs/heads/${ref}`, commit };
      runs.push(...(await run(workflow, event)));
    }
    return runs;
  };
  const requirePull = (number: number): Pull => {
    const pull = listPulls(standIn.state).find((issue) => issue.number === number);
    if (!pull) throw new Error(`there is no pull request ${number}`);
    return pull;
  };
  return {
    tenant,
    standIn,
    reviewer: connectGitHub({
      token: reviewerIdentity.token,
      repository,
      apiUrl: standIn.url,
      throttled: false,
    }),
    clone: createGit(work),
    run,
    deliver,
    runDispatched,
    async approveRuns() {
      const runs: JobRun[] = [];
      for (const { file, event } of waiting.splice(0)) runs.push(...(await run(file, event)));
      return runs;
    },
    async buildPushEvent(before) {
      return readEvent({ name: 'push', payload: { before, after: await readHead() } });
    },
    async buildPullRequestEvent(number, action = 'opened') {
      const { login, pull } = requirePull(number);
      const ref = `refs/pull/${number}/merge`;
      const commit = await origin.run(['rev-parse', ref]);
      const [base, from] = [await origin.run(['rev-parse', `${commit}^1`]), findSource(login, pull)];
      const pull_request = {
        ...{ number, user: { login }, base: { sha: base, ref: pull.baseRef } },
        head: { sha: pull.headSha, ref: pull.headRef, repo: { full_name: pull.headRepository } },
      };
      const { unlabeled } = typeof action === 'string' ? { unlabeled: null } : action;
      const what =
        unlabeled === null ? { action: String(action) } : { action: 'unlabeled', label: { name: unlabeled } };
      const payload = { ...what, number, pull_request };
      return { name: 'pull_request', payload, ref, from, commit, checkedCommit: pull.headSha };
    },
    async mergeByQueue(number) {
      const pull = requirePull(number);
      const { headRef: ref, headSha, baseSha } = await createMergeGroup(standIn.state, pull);
      const payload = {
        action: 'checks_requested',
        merge_group: { head_sha: headSha, head_ref: ref, base_sha: baseSha, base_ref: 'refs/heads/main' },
      };
      const ran = await deliver({ name: 'merge_group', payload, ref, commit: headSha });
      const checks = [...ran, ...(await runDispatched())];
      await mergeGroup(standIn.state, pull, { headRef: ref, headSha, baseSha });
      return checks;
    },
    readHead,
    bare,
    artifacts,
    retention,
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

function findSource(login: string, { headRepository }: Pull['pull']): WorkflowEvent['from'] {
  if (headRepository !== repository) return 'fork';
  return login === 'dependabot[bot]' ? 'dependabot' : 'repository';
}

function readLogin({ payload }: WorkflowEvent): string | null {
  const { user } = (payload.pull_request ?? {}) as { user?: { login: string } };
  return user?.login ?? null;
}

async function readWorkflowTexts(git: Git, commit: string): Promise<[string, string][]> {
  const folder = '.github/workflows/';
  const names = (await git.run(['ls-tree', '--name-only', commit, folder])).split('\n').filter(Boolean);
  return Promise.all(
    names.map(
      async (path) => [path.slice(folder.length), await git.run(['show', `${commit}:${path}`])] as [string, string],
    ),
  );
}

/** The logs of failed jobs' steps, for the message of a failing test. */
export function failures(jobs: readonly JobRun[]): string[] {
  return jobs.flatMap(({ name, steps }) =>
    steps
      .filter(({ exitCode }) => exitCode !== 0)
      .map((step) => [`${name}: ${step.name}`, step.log, step.summary].join('\n')),
  );
}
