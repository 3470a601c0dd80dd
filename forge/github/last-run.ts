// When a workflow last went through on the default branch.
// https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow
import type { GitHub } from './github.ts';

/** `never`: it has not. With the status of a refusal where there is no such workflow or the token may not read Actions. */
type LastSuccess = { day: string } | 'never' | { refused: number };

/**
 * What starts with the default branch's own file. A pull request brings its own, and from a fork whose branch has the default
 * branch's name it is listed among that branch's runs: github.com/syslog-ng/syslog-ng/pull/3718.
 */
const ofMain = new Set(['schedule', 'workflow_dispatch']);

/** `workflow` is a file name. */
export async function findLastSuccess(github: GitHub, workflow: string): Promise<LastSuccess> {
  const { data } = await github.request('GET /repos/{owner}/{repo}');
  const answer = await github.attempt(
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    { workflow_id: workflow, branch: data.default_branch, status: 'success', per_page: 100 },
    [403, 404],
  );
  if ('refused' in answer) return { refused: answer.refused };
  const run = answer.data.workflow_runs.find(({ event }) => ofMain.has(event));
  return run === undefined ? 'never' : { day: run.created_at.slice(0, 10) };
}
