// For tests: a tenant, GitHub and a repository that are set up correctly, so that a test can break one thing.
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Emulator,
  type EmulatorOptions,
  fastQuotas,
  getTrustedAuthority,
  type PersonInput,
  startEmulator,
  testWeather,
} from '@dormant-m365/emulator';
import { type GitHubStandIn, reviewerIdentity, startGitHub } from '@dormant-m365/emulator/github';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import type { PipelineIdentity } from '../../bootstrap/grants.ts';
import { getDefaultEnvironments } from '../../bootstrap/subjects.ts';
import { toEmulatedCloud } from '../../graph/emulator.fixture.ts';
import { addKey } from '../../policy/edit/signing-keys.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import { pauseLabel } from '../../policy/pause/pause-label.ts';
import { aFactsKey } from '../../policy/signing/signing.fixture.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { checkMessage } from '../../tools/command-lines/check-message.fixture.ts';
import { checkContext } from '../check/publish-check.ts';
import { parseAnswers } from '../init/answers.ts';
import { addStack } from '../init/init.ts';
import { aRepository, type ScratchRepository } from '../init/repository.fixture.ts';
import { actionsAppId, type BranchRule, ofCi } from './branch-rules.ts';
import type { Check } from './check.ts';
import { appEnvironment } from './checks/environments.ts';
import { createContext } from './context.ts';
import { type Diagnosis, diagnose, type NamedFinding } from './doctor.ts';

const git = promisify(execFile);

interface Change {
  identity?: PipelineIdentity;
  env?: NodeJS.ProcessEnv;
}

export interface AStack {
  emulator: Emulator;
  gitHub: GitHubStandIn;
  repository: ScratchRepository;
  env(identity: PipelineIdentity): NodeJS.ProcessEnv;
  /** `env` is added to the environment. */
  diagnose(change: Change, ...checks: readonly Check[]): Promise<Diagnosis>;
  /** Replaces text in a file of the repository; throws if it is not there. */
  edit(path: string, from: string | RegExp, to: string): Promise<void>;
  close(): Promise<void>;
}

/** Exactly the grants that the table has for the shipped policy. */
const identities = {
  audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'holds'),
  apply: listGrantedRights('apply', 'premium', 'groupEligibility', 'groupRules', 'exchange'),
};

const people: PersonInput[] = [
  {
    kind: 'sender',
    userPrincipalName: 'it@contoso.com',
    mail: 'it@contoso.com',
    mailbox: { type: 'SharedMailbox' },
  },
  { kind: 'glass', userPrincipalName: 'breakglass1@contoso.com', roles: ['Global Administrator'] },
];

const doctor = { login: 'doctor', email: 'd@contoso.com', type: 'User' } as const;
const seesSettings = { metadata: 'read', actions: 'read' } as const;
const asAdministrator = {
  ...seesSettings,
  administration: 'read',
  organization_administration: 'read',
  organization_self_hosted_runners: 'read',
  environments: 'read',
  secrets: 'read',
  variables: 'read',
  issues: 'read',
  pull_requests: 'read',
} as const;

export async function aStack(change: EmulatorOptions = {}): Promise<AStack> {
  const emulator = await startEmulator({
    authority: await getTrustedAuthority(),
    users: 0,
    people,
    identities,
    ...change,
    switches: { ...fastQuotas, ...testWeather, ...change.switches },
  });
  process.env.DORMANT_EMULATOR_URL = emulator.url; // where `today` is asked for
  const repository = await aRepository();
  await fill(repository, emulator);
  const gitHub = await startGitHub({
    gitDirectory: join(repository.root, '.git'),
    repository: 'contoso/dormant',
    identities: [
      { ...doctor, token: 'gh', permissions: asAdministrator },
      // As a workflow's own token, which cannot be given more.
      { ...doctor, token: 'gh-workflow', permissions: seesSettings },
      // Whoever opens pull requests and labels them.
      reviewerIdentity,
    ],
    settings: wellSet(),
  });
  gitHub.state.labels.push({ name: pauseLabel, color: 'b60205', description: null });
  const env = (identity: PipelineIdentity): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DORMANT_EMULATOR_URL: emulator.url,
    AZURE_CLIENT_SECRET: emulator.identities[identity]?.clientSecret,
    GITHUB_TOKEN: 'gh',
    GITHUB_REPOSITORY: 'contoso/dormant',
    GITHUB_API_URL: gitHub.url,
    PULUMI_BACKEND_URL: `file://${repository.root}`,
  });
  return {
    emulator,
    gitHub,
    repository,
    env,
    async diagnose({ identity = 'audit', env: changed }, ...checks) {
      const stack = { root: repository.root, stack: 'contoso', identity };
      const context = await createContext({ ...stack, env: { ...env(identity), ...changed } });
      const diagnosis = await diagnose(context, checks);
      await requireTypable(diagnosis);
      return diagnosis;
    },
    async edit(path, from, to) {
      const before = await repository.read(path);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} has no ${String(from)}.`);
      await writeFile(join(repository.root, path), after);
    },
    async close() {
      delete process.env.DORMANT_EMULATOR_URL;
      await Promise.all([emulator.close(), gitHub.close()]);
      await repository.remove();
    },
  };
}

/** Whatever a test provokes, what mends it can be typed. */
async function requireTypable({ findings }: Diagnosis): Promise<void> {
  for (const { name, mend } of findings) {
    const faults = mend === null ? [] : await checkMessage(mend);
    if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`);
  }
}

/** What `dormant init` writes, and the workflows, committed, with a price for every SKU of the tenant. */
async function fill({ root, read }: ScratchRepository, { tenant, identities: made }: Emulator): Promise<void> {
  const answers = parseAnswers({
    tenantId: tenant.id,
    cloud: toEmulatedCloud(tenant),
    auditClientId: made.audit?.clientId ?? '',
    applyClientId: made.apply?.clientId ?? '',
    sender: 'it@contoso.com',
    replyTo: 'it@contoso.com',
    timeZone: 'UTC',
    currency: 'USD',
    reviewers: '@contoso/it',
  });
  await addStack({ root, stack: 'contoso', answers, force: false });
  const settings = await loadTenant(openWorkingTree(root), 'contoso');
  await writeFile(join(root, settings.path), addKey(settings, aFactsKey()));
  const workflows = '.github/workflows';
  await cp(new URL(`../../${workflows}`, import.meta.url), join(root, workflows), { recursive: true });
  const shared = '* @contoso/it\n/policy/ @contoso/it\n';
  await writeFile(join(root, '.github/CODEOWNERS'), shared + (await read('.github/CODEOWNERS')));
  await git('git', ['init', '-q', '-b', 'main', root]);
  await git('git', ['-C', root, 'add', '-A']);
  await git('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '-m', 'first']);
}

export const goodRules = [
  {
    type: 'pull_request',
    parameters: {
      required_approving_review_count: 1,
      require_code_owner_review: true,
      dismiss_stale_reviews_on_push: true,
      require_last_push_approval: true,
      required_review_thread_resolution: true,
    },
  },
  {
    type: 'required_status_checks',
    parameters: {
      strict_required_status_checks_policy: true,
      required_status_checks: [
        { context: checkContext, integration_id: 412_345 },
        ...ofCi.own.map((context) => ({ context, integration_id: actionsAppId })),
      ],
    },
  },
  { type: 'non_fast_forward' },
  { type: 'deletion' },
] as const satisfies readonly BranchRule[];

function wellSet() {
  const { audit, apply } = getDefaultEnvironments('contoso');
  const names = [...audit, ...apply, appEnvironment];
  const limited = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
  return {
    membersMayChangeVisibility: false,
    actionsMayOpenPulls: false,
    rules: [...structuredClone(goodRules)],
    environments: Object.fromEntries(names.map((name) => [name, limited])),
    branchPolicies: Object.fromEntries(names.map((name) => [name, [{ name: 'main' }]])),
    secrets: {
      'contoso-audit': ['DORMANT_FACTS_KEY', 'DORMANT_APP_PRIVATE_KEY'],
      [appEnvironment]: ['DORMANT_APP_PRIVATE_KEY'],
    },
    variables: {
      '': { DORMANT_APP_CLIENT_ID: 'Iv23liDormant' },
      ...Object.fromEntries([...audit, ...apply].map((name) => [name, { PULUMI_BACKEND_URL: 'azblob://state' }])),
    },
    runs: { 'audit.yml': [{ conclusion: 'success', created_at: '2026-12-07T05:21:00Z' }] },
  };
}

/** The one finding of that name. */
export function finding({ findings }: Diagnosis, name: string): NamedFinding {
  const found = findings.filter((each) => each.name === name);
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(
    `${found.length} findings are called "${name}". There are: ${findings.map((each) => each.name).join(', ')}`,
  );
}

/** Every warning and failure, with its name. */
export function notPassed({ findings }: Diagnosis): string[] {
  return findings
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ name, says }) => `${name}: ${says}`);
}
