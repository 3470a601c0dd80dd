// The last audit: schedules stop by themselves, and a stopped one looks like a quiet week.
import { findLastSuccess } from '../../../forge/github/last-run.ts';
import { countDaysBetween, type Day } from '../../../policy/evidence.ts';
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
    const fix = `gh workflow run ${file} --repo ${repository}`;
    const last = await findLastSuccess(api, file);
    if (last === 'never') return warn('has never succeeded', fix);
    if ('day' in last) return judge(last.day, context, fix);
    return last.refused === 403 ? skip('the token may not read Actions') : fail(`there is no ${file}`, fix);
  },
};

const file = 'audit.yml';

/** Audits are weekly, and GitHub may be hours late. */
const overdueAfterDays = 8;

function judge(day: Day, { today }: DoctorContext, fix: string): Finding {
  const days = countDaysBetween(day, today);
  return days > overdueAfterDays
    ? fail(`was ${days} days ago, on ${day}; it should run every week`, fix)
    : pass(`succeeded on ${day}`);
}
