// For trying things out: a GitHub with one private repository that nothing was pushed to, and a person who may do everything in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { createGitRunner } from './run-git.ts';
import { startGitHub } from './server.ts';
import type { GitHubIdentity } from './state.ts';

export interface EmptyRepository {
  /** Of its API, its pages and git alike. */
  url: string;
  /** `owner/name`. */
  repository: string;
  /** For git, which is to send the token as the password of `x-access-token`. */
  remote: string;
  /** Good for this repository alone. */
  token: string;
  close(): Promise<void>;
}

/** `clock`: when people here act. Needs git on this machine. */
export async function startEmptyRepository(repository: string, clock: Clock): Promise<EmptyRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-github-'));
  await createGitRunner(folder)(['init', '--quiet', '--bare', '--initial-branch=main']);
  const [owner = ''] = repository.split('/');
  const riley = createPerson('riley', owner);
  const reviewer = createPerson('sam', owner);
  const settings = { collaborators: [riley.login, reviewer.login], teams: ['it'], actionsMayOpenPulls: false };
  const people = { identities: [riley, reviewer], reviewer };
  const github = await startGitHub({ gitDirectory: folder, repository, ...people, settings, clock });
  return {
    url: github.url,
    repository,
    remote: `${github.url}/${repository}.git`,
    token: riley.token,
    async close() {
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createPerson(login: string, owner: string): GitHubIdentity {
  const all = ['actions', 'administration', 'contents', 'environments', 'issues', 'pull_requests', 'secrets'] as const;
  const more = ['metadata', 'statuses', 'variables', 'organization_administration'] as const;
  return {
    login,
    email: `${login}@${owner}.example`,
    type: 'User',
    token: `ghp_${login}OfTheEmulatedGitHub`,
    permissions: Object.fromEntries([...all, ...more].map((permission) => [permission, 'write' as const])),
  };
}
