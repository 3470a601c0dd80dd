// For tests of giving an account back: a repository with a wave under way, on the emulated GitHub, whose people ask and approve there.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appIdentity, type GitHubStandIn, reviewerIdentity, startGitHub } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { connectGitHub, type GitHub } from '../forge/github/github.ts';
import { getGiveBackPath, serialiseGiveBack } from '../policy/files/give-back-file.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aRemote } from './applies-in-order.fixture.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

const dormant = fileURLToPath(new URL('../cli/dormant.ts', import.meta.url));
const name = 'contoso/dormant';

/** Of the helpdesk: opens issues, and may approve. */
const lee = { ...reviewerIdentity, login: 'lee', email: 'lee@contoso.com', token: 'ghp_lee' };

export interface GiveBackWorld {
  standIn: GitHubStandIn;
  /** Who asks, and another owner of give-back/. */
  asker: GitHub;
  owner: GitHub;
  /** Pushes what the repository has merged. */
  push(): Promise<unknown>;
  /** As the workflows do it: the form’s pull request, or the answer. */
  readIssue(issue: number): Promise<void>;
  /** What review.yml says of the pull request: the state of its status, and how it is explained. */
  check(pull: number): Promise<{ state: string; description: string }>;
  approve(by: GitHub, pull: number): Promise<void>;
  merge(pull: number): Promise<void>;
  /** `dormant apply` in a clone of main as it is by now. Returns its exit code and what it printed. */
  apply(): Promise<{ exitCode: number; output: string }>;
}

export async function aGiveBackWorld(repository: MergedRepository): Promise<GiveBackWorld> {
  const { bare, push } = await aRemote(repository);
  const identities = [appIdentity, reviewerIdentity, lee];
  const standIn = await startGitHub({
    ...{ gitDirectory: bare, repository: name, identities },
    clock: repository.emulator.tenant.clock,
  });
  onTestFinished(() => standIn.close());
  // As the guide sets it: no merge without the check.
  standIn.state.settings.rules = [
    {
      type: 'required_status_checks',
      parameters: {
        required_status_checks: [{ context: 'dormant/check' }],
        strict_required_status_checks_policy: true,
      },
    },
  ];
  const connect = ({ token }: { token: string }) =>
    connectGitHub({ token, repository: name, apiUrl: standIn.url, throttled: false });
  const environment = {
    ...repository.environment,
    ...{ GITHUB_TOKEN: appIdentity.token, GITHUB_REPOSITORY: name, GITHUB_API_URL: standIn.url },
  };
  let clones = 0;
  const clone = async (ref: string) => {
    clones += 1;
    const folder = `${repository.folder}.clone-${clones}`;
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await execa('git', ['clone', '--quiet', bare, folder]);
    if (ref !== 'main') {
      await execa('git', ['-C', folder, 'fetch', '--quiet', 'origin', ref]);
      await execa('git', ['-C', folder, 'checkout', '--quiet', 'FETCH_HEAD']);
    }
    return folder;
  };
  const run = async (folder: string, ...words: string[]) => {
    const options = { env: environment, reject: false, all: true } as const;
    const { exitCode = -1, all: output = '' } = await execa(
      process.execPath,
      [dormant, '--repo', folder, ...words],
      options,
    );
    return { exitCode, output };
  };
  return {
    standIn,
    asker: connect(lee),
    owner: connect(reviewerIdentity),
    push,
    async readIssue(issue) {
      const { exitCode, output } = await run(await clone('main'), 'restore', '--from-issue', String(issue));
      if (exitCode !== 0) throw new Error(output);
    },
    async check(pull) {
      const folder = await clone(`refs/pull/${pull}/merge`);
      const { output } = await run(folder, 'check', '--base', 'origin/main', '--pull', String(pull));
      const last = standIn.state.statuses.findLast(({ context }) => context === 'dormant/check');
      return { state: last?.state ?? output, description: last?.description ?? '' };
    },
    async approve(by, pull) {
      const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
      await by.request(route, { pull_number: pull, event: 'APPROVE' });
    },
    async merge(pull) {
      await connect(reviewerIdentity).request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
        pull_number: pull,
      });
    },
    async apply() {
      const folder = await clone('main');
      // A run of Actions has its state elsewhere; here it is where the other runs have it.
      const state = `file://${repository.folder}/out/${stack}/state`;
      const env = { ...environment, PULUMI_BACKEND_URL: state, PULUMI_CONFIG_PASSPHRASE: '' };
      const options = { env, reject: false, all: true } as const;
      const words = ['--repo', folder, 'apply', stack, '--today', '2026-12-07'];
      const { exitCode = -1, all: output = '' } = await execa(process.execPath, [dormant, ...words], options);
      return { exitCode, output };
    },
  };
}

export const form = (person: string, reason: string) => `### Account\n\n${person}\n\n### Reason\n\n${reason}`;

export async function ask({ asker }: GiveBackWorld, body: string): Promise<number> {
  const { data } = await asker.request('POST /repos/{owner}/{repo}/issues', { title: 'Give back: ', body });
  return data.number;
}

/** Merges a file of give-back/ for each of these people. */
export async function giveBack(repository: MergedRepository, ...kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    const { id, userPrincipalName, displayName } = repository.change(kind).account;
    const path = join(repository.folder, getGiveBackPath(stack, repository.findPath(kind)));
    await mkdir(dirname(path), { recursive: true });
    const asked = { reason: 'Back from leave', askedBy: '@lee', askedOn: today };
    await writeFile(path, serialiseGiveBack({ account: { id, userPrincipalName, displayName }, ...asked }));
  }
  // On the day itself: how many there are in a day is counted by main’s line.
  const git = ['-C', repository.folder, '-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com'];
  await execa('git', [...git, 'add', '--all']);
  const env = { GIT_COMMITTER_DATE: `${today}T08:00:00Z` };
  await execa('git', [...git, 'commit', '--quiet', '--message=give back'], { env });
}
