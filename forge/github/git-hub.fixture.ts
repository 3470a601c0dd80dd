// For tests: the stand-in for GitHub with a repository in it, and the real client of it; both end with the test.
import {
  type ARepository,
  appIdentity,
  aRepository,
  type FileTexts,
  type GitHubOptions,
  type GitHubStandIn,
  reviewerIdentity,
  startGitHub,
} from '@dormant-m365/emulator/github';
import { onTestFinished } from 'vitest';
import { connectGitHub, type GitHub } from './github.ts';

export interface AGitHub {
  repository: ARepository;
  standIn: GitHubStandIn;
  /** By default as the pipeline's app. */
  connect(identity?: { token: string }): GitHub;
}

interface GitHubChange extends Partial<GitHubOptions> {
  files?: FileTexts;
}

/** `files` are on main. It knows the app and a reviewer, unless told otherwise. */
export async function aGitHub({ files, ...options }: GitHubChange = {}): Promise<AGitHub> {
  const repository = await aRepository(files);
  onTestFinished(() => repository.remove());
  const name = 'contoso/dormant';
  const identities = [appIdentity, reviewerIdentity];
  const standIn = await startGitHub({ gitDirectory: repository.bare, repository: name, identities, ...options });
  onTestFinished(() => standIn.close());
  return {
    repository,
    standIn,
    connect: ({ token } = appIdentity) =>
      connectGitHub({ token, repository: name, apiUrl: standIn.url, throttled: false }),
  };
}
