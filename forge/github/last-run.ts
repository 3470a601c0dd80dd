// When a workflow last went through on the default branch.
// https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-workflow
import type { GitHub } from './github.ts';

/** `never`: it has not. With the status of a refusal where there is no such workflow or the token may not read Actions. */
type LastSuccess = { day: string } | 'never' | { refused: number };

/** `workflow` is a file name. */
export async function findLastSuccess(github: GitHub, workflow: string): Promise<LastSuccess> {
  const { data } = await github.request('GET /repos/{owner}/{repo}');
  const answer = await github.attempt(
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    { workflow_id: workflow, branch: data.default_branch, status: 'success', per_page: 1 },
    [403, 404],
  );
  if ('refused' in answer) return { refused: answer.refused };
  const [run] = answer.data.workflow_runs;
  return run === undefined ? 'never' : { day: run.created_at.slice(0, 10) };
}
