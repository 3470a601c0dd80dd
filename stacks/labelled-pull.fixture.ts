// For tests of what a label stops: a GitHub with a pull request of the stack, and who puts the label on and takes it off.
import { actionsIdentity, type GitHubIdentity, reviewerIdentity } from '@dormant-m365/emulator/github';
import { type AGitHub, aGitHub } from '../forge/github/git-hub.fixture.ts';
import { pauseLabel } from '../policy/pause/pause-label.ts';

export interface LabelledGitHub extends AGitHub {
  /** Of a run: the workflow's own token. */
  environment: Record<string, string>;
  /** Opens a pull request; returns its number. */
  openPull(branch: string, path: string): Promise<number>;
  /** As a reviewer does it, by GitHub's API. */
  label(number: number, name?: string): Promise<void>;
  unlabel(number: number): Promise<void>;
}

/** With the permissions that apply.yml asks for. */
export const applyToken: GitHubIdentity = {
  ...actionsIdentity,
  permissions: { actions: 'read', contents: 'read', issues: 'write', metadata: 'read', pull_requests: 'read' },
};

export async function aLabelledGitHub(
  permissions: GitHubIdentity['permissions'] = applyToken.permissions,
): Promise<LabelledGitHub> {
  const github = await aGitHub({ identities: [{ ...applyToken, permissions }, reviewerIdentity] });
  const reviewer = github.connect(reviewerIdentity);
  return {
    ...github,
    environment: {
      GITHUB_TOKEN: applyToken.token,
      GITHUB_REPOSITORY: 'contoso/dormant',
      GITHUB_API_URL: github.standIn.url,
    },
    async openPull(branch, path) {
      await github.repository.commit(branch, { [path]: 'stage: disable\n' });
      const { data } = await reviewer.request('POST /repos/{owner}/{repo}/pulls', {
        ...{ title: 'A proposal', head: branch, base: 'main' },
      });
      return data.number;
    },
    async label(number, name = pauseLabel) {
      await reviewer.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
        ...{ issue_number: number, labels: [name] },
      });
    },
    async unlabel(number) {
      await reviewer.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
        ...{ issue_number: number, name: pauseLabel },
      });
    },
  };
}
