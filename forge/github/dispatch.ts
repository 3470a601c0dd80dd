// Starts a workflow on the default branch: the only kind of run that GITHUB_TOKEN starts without anybody's approval, and never with a
// branch's code. docs.github.com/actions/concepts/security/github_token
import { DormantError } from '../../policy/errors.ts';
import type { GitHub } from './github.ts';

/** `workflow` is a file name. */
export async function dispatchWorkflow(
  github: GitHub,
  workflow: string,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const { data } = await github.request('GET /repos/{owner}/{repo}');
  const parameters = { workflow_id: workflow, ref: data.default_branch, inputs };
  await github.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', parameters);
}

/** `["pull=12"]` as inputs. Throws on anything else. */
export function parseWorkflowInputs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new DormantError('input', `"${word}" is not of the form name=value.`, {
        exitCode: 2,
        remedy: 'Give each input as name=value, such as pull=12.',
      });
    }),
  );
}
