// Pull requests under the rules of the guide, as people and workflows of a branch make them: for tests of whose workflow runs, with
// which keys, and what it takes to be merged.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appIdentity } from '@dormant-m365/emulator/github';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Stage } from '../policy/schemas/account.ts';
import { renderAccountFile } from './workflow-run/account-file.fixture.ts';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

type Files = Record<string, string>;

export interface GuardedWorld extends WorkflowWorld {
  /** What main asks for, as the guide has it. */
  rules: Record<string, unknown>[];
  /** Commits to a new branch of `from`, pushes it and returns its name. */
  pushBranch(files: Files, from?: string): Promise<string>;
  /** Commits to the branch that is checked out. */
  commitAndPush(files: Files, branch: string): Promise<void>;
  openPull(head: string, change?: { owner?: string; base?: string }): Promise<number>;
  /** Runs what GitHub starts for a pull request that was opened. */
  deliverPull(number: number): Promise<JobRun[]>;
  merge(number: number): Promise<unknown>;
  /** The statuses of the check that the rules require, as they came. */
  readStatuses(sha: string): WorkflowWorld['standIn']['state']['statuses'];
  renderFile(kind: 'ana' | 'bo', stage: Stage): string;
}

export const missing = 'Required status check "dormant/check" is expected.';

export const anaPath = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';

/** One world for all tests of a file, handed to `ready`; each begins with nothing dispatched. */
export function useGuardedWorld(ready: (world: GuardedWorld) => void): void {
  let world: GuardedWorld;
  beforeAll(async () => {
    world = await aGuardedWorld();
    ready(world);
  });
  beforeEach(() => {
    world.standIn.state.dispatches.length = 0;
  });
  afterAll(() => world.close());
}

async function aGuardedWorld(): Promise<GuardedWorld> {
  const people = [
    { kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' },
    { kind: 'bo', inactiveDays: 143, userPrincipalName: 'bo.li@contoso.com' },
  ];
  const rules = await readGuideRules(appIdentity.appId ?? 0);
  const world = await aWorld({ users: 0, people, stacks: ['contoso'], rules });
  const { clone, reviewer, standIn } = world;
  let branches = 0;
  const commitAndPush: GuardedWorld['commitAndPush'] = async (files, branch) => {
    const root = await clone.run(['rev-parse', '--show-toplevel']);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await clone.run(['add', '--all']);
    await clone.run(['commit', '--quiet', '--message=A change']);
    await clone.run(['push', '--quiet', 'origin', branch]);
  };
  return {
    ...world,
    rules,
    commitAndPush,
    async pushBranch(files, from = 'origin/main') {
      const name = `branch-${++branches}`;
      await clone.run(['fetch', '--quiet', 'origin']);
      await clone.run(['checkout', '--quiet', '-B', name, from]);
      await commitAndPush(files, name);
      return name;
    },
    async openPull(head, { owner = 'contoso', base = 'main' } = {}) {
      const order = { title: 'A change', head: `${owner}:${head}`, base };
      const { data } = await reviewer.request('POST /repos/{owner}/{repo}/pulls', order);
      return data.number;
    },
    deliverPull: async (number) => world.deliver(await world.buildPullRequestEvent(number)),
    merge: (pull_number) => reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number }),
    readStatuses: (sha) =>
      standIn.state.statuses.filter((status) => status.sha === sha && status.context === 'dormant/check'),
    renderFile: (kind, stage) => renderAccountFile(world.tenant, { kind, stage }),
  };
}

export const readLog = (jobs: readonly JobRun[]) => jobs.flatMap(({ steps }) => steps.map(({ log }) => log)).join('\n');
export const listEnds = (jobs: readonly JobRun[]) => jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`);

/** A workflow that does as `run` says in a job of that name, and has all that a job may ask for. */
export const renderWorkflow = (on: string, name: string, { environment = '', run = 'true' } = {}) => `name: ${name}
on: ${on}
permissions: {}
jobs:
  job:
    name: ${name}
    runs-on: ubuntu-24.04
${environment === '' ? '' : `    environment: ${environment}\n`}    permissions: { contents: write, id-token: write, statuses: write, pull-requests: write }
    steps:
      - uses: actions/checkout@x
      - run: ${run}
        env:
          GITHUB_TOKEN: \${{ github.token }}
          HEAD: \${{ github.event.pull_request.head.sha }}
          APP_KEY: \${{ secrets.DORMANT_APP_PRIVATE_KEY }}
          FACTS_KEY: \${{ secrets.DORMANT_FACTS_KEY }}
          PASSPHRASE: \${{ secrets.PULUMI_CONFIG_PASSPHRASE }}
`;
/** Says which of the keys a job has. */
export const showKeys = `printf 'app %s, facts %s, sign-in %s, passphrase %s' "\${APP_KEY:+yes}" "\${FACTS_KEY:+yes}" "\${AZURE_CLIENT_SECRET:+yes}" "\${PASSPHRASE:+yes}"`;
/** Reports the check that is required, with the job’s own token. */
export const setStatus = `'curl --silent --show-error --fail-with-body --header "Authorization: Bearer $GITHUB_TOKEN" --data "{\\"state\\": \\"success\\", \\"context\\": \\"dormant/check\\"}" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/statuses/$HEAD"'`;
