// Malicious pull requests by somebody who may push a branch. Main's own code stops each of them, with a reason.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { renderAccountFile } from './workflow-run/account-file.fixture.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

let world: WorkflowWorld;
let branch = 0;

/** One for all tests of a file. */
export function useHostileWorld(): void {
  beforeAll(async () => {
    const people = [{ kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' }];
    world = await aWorld({ users: 0, people, stacks: ['contoso'] });
  });
  beforeEach(() => {
    world.standIn.state.dispatches.length = 0;
  });
  afterAll(() => world.close());
}

export const inAccounts = (name: string) => `stacks/contoso/accounts/${name}.yaml`;
export const anaPath = inAccounts('ana.reyes@contoso.com');

/** Her file, in `stage`. */
export function renderAna({
  stage = 'notify',
  jobTitle = 'Clerk',
}: {
  stage?: 'notify' | 'disable';
  jobTitle?: string;
} = {}): string {
  return renderAccountFile(world.tenant, { kind: 'ana', stage, jobTitle });
}

/** Of main. */
export function readTenantYaml(): Promise<string> {
  return world.clone.run(['show', 'main:stacks/contoso/tenant.yaml']);
}

interface More {
  /** Symbolic links: path to target. */
  links?: Record<string, string>;
  /** The owner of the repository that the branch is in. */
  owner?: string;
}

/** Pushes `files` as a branch and opens its pull request; returns the number. */
async function openPull(files: Record<string, string>, { links = {}, owner = 'contoso' }: More = {}): Promise<number> {
  const head = `hostile-${++branch}`;
  const { clone } = world;
  await clone.run(['checkout', '--quiet', '-B', head, 'origin/main']);
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, text] of Object.entries({ ...files, ...links })) {
    const place = join(root, path);
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { force: true });
    await (path in links ? symlink(text, place) : writeFile(place, text));
  }
  await clone.run(['add', '--all', '--force', ...Object.keys(files), ...Object.keys(links)]);
  await clone.run(['commit', '--quiet', '--message=Nothing to see']);
  await clone.run(['push', '--quiet', 'origin', head]);
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', {
    ...{ title: 'Tidy up', head: `${owner}:${head}`, base: 'main' },
  });
  expect(data.state).toBe('open');
  return data.number;
}

/**
 * Opens the pull request and runs its check, by its number, as the pull request’s own workflow may ask for it or not; returns that
 * check’s log and end, and what its status and its comment say.
 */
export async function checked(files: Record<string, string>, more: More = {}) {
  const number = await openPull(files, more);
  const event = await world.buildPullRequestEvent(number);
  const jobs = await world.run('review.yml', { name: 'workflow_dispatch', inputs: { pull: String(number) } });
  const check = jobs.find(({ id }) => id === 'check');
  const step = check?.steps.find(({ name }) => name === 'Check');
  const status = world.standIn.state.statuses.findLast(({ context }) => context === 'dormant/check');
  expect(status?.sha).toBe(event.checkedCommit);
  const pull = world.standIn.state.issues.find((issue) => issue.number === number);
  const problems = pull?.comments.map(({ body }) => body.replaceAll('\u200B', '')).join('\n') ?? '';
  return {
    ...{ conclusion: check?.conclusion, log: stripVTControlCharacters(step?.log ?? '') },
    ...{ status: status?.state, problems },
  };
}
