// For tests of requests for an exemption: a repository on the emulated GitHub, and a manager who asks there.
import { type ARepository, type GitHubStandIn, reviewerIdentity } from '@dormant-m365/emulator/github';
import { proposeExemption } from '../audit/proposal/propose-exemption.ts';
import { refreshExemptions } from '../audit/proposal/refresh-exemptions.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';

export const request = { issue: 1, today: '2026-12-07', maxDays: 365, stacks: ['contoso'], main: 'main' };
export const before = '# Ask HR first.\nexemptions: []\n';

export const form = (account: string, until: string, reason: string) =>
  `### Account\n\n${account}\n\n### Keep until\n\n${until}\n\n### Reason\n\n${reason}`;

export interface ExemptionRequests {
  repository: ARepository;
  standIn: GitHubStandIn;
  git: Git;
  github: GitHub;
  manager: GitHub;
}

export async function aRequestedRepository(): Promise<ExemptionRequests> {
  const { connect, ...started } = await aGitHub({ files: { 'exemptions.yaml': before } });
  const git = createGit(await started.repository.clone());
  return { ...started, git, manager: connect(reviewerIdentity), github: connect() };
}

export function fileRequest({ manager }: ExemptionRequests, body: string) {
  return manager.request('POST /repos/{owner}/{repo}/issues', { title: 'Exemption: Ana', body });
}

/** Files one and runs what its issue starts. */
export async function askFor(there: ExemptionRequests, account: string, until = '2027-03-31'): Promise<void> {
  const { data } = await fileRequest(there, form(account, until, 'On leave'));
  await proposeExemption(there.git, there.github, { ...request, issue: data.number });
}

export function refresh({ git, github }: ExemptionRequests) {
  return refreshExemptions(git, github, request);
}

export function mergePull({ manager }: ExemptionRequests, pull: number) {
  return manager.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: pull });
}

/** Of the third issue, without the invisible spaces that keep text from being a link. */
export function listComments({ standIn }: ExemptionRequests): string[] {
  return standIn.state.issues[2]?.comments.map(({ body }) => body.replaceAll('\u200b', '')) ?? [];
}

export async function readExemptions({ repository }: ExemptionRequests, from: string): Promise<string> {
  return (await repository.read(from, 'exemptions.yaml')) ?? '';
}

export async function listAccounts(there: ExemptionRequests, from: string): Promise<(string | undefined)[]> {
  return [...(await readExemptions(there, from)).matchAll(/account: (\w+)/g)].map(([, name]) => name);
}
