// GitHub for the checks that need it; `runCheck` has made sure that it is there.
import { DormantError } from '../../policy/errors.ts';
import type { DoctorContext, GitHubAccess } from './context.ts';

export function requireGitHub({ github }: DoctorContext): Extract<GitHubAccess, { ok: true }> {
  if (github.ok) return github;
  throw new DormantError('no-github', github.why);
}

export async function readDefaultBranch(context: DoctorContext): Promise<string> {
  const { data } = await requireGitHub(context).api.request('GET /repos/{owner}/{repo}');
  return data.default_branch;
}
