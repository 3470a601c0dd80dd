// The last audit: schedules stop by themselves, and a stopped one looks like a quiet week.
import type { GitHubData } from '../../../forge/github/github.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';

export const lastAudit: Check = {
  name: 'last audit',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const state = await api.attempt(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}',
      { workflow_id: file },
      [403, 404],
    );
    const stopped = 'refused' in state ? null : state.data.state;
    if (stopped !== null && stopped !== 'active')
      return fail(`the workflow is ${stopped}`, `gh workflow enable ${file} --repo ${repository}`);
    const answer = await api.attempt(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
      { workflow_id: file, status: 'success', per_page: 1 },
      [403, 404],
    );
    const fix = `gh workflow run ${file} --repo ${repository}`;
    if ('refused' in answer)
      return answer.refused === 403 ? skip('the token may not read Actions') : fail(`there is no ${file}`, fix);
    return judge(answer.data.workflow_runs, context, fix);
  },
};

const file = 'audit.yml';

/** Audits are weekly, and GitHub may be hours late. */
const overdueAfterDays = 8;

type Run = GitHubData<'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs'>['workflow_runs'][number];

function judge(runs: readonly Run[], { today }: DoctorContext, fix: string): Finding {
  const day = runs.find(({ conclusion }) => conclusion === 'success')?.created_at.slice(0, 10);
  if (day === undefined) return warn('has never succeeded', fix);
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  return days > overdueAfterDays
    ? fail(`was ${days} days ago, on ${day}; it should run every week`, fix)
    : pass(`succeeded on ${day}`);
}
