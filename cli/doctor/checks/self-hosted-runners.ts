// Machines of the repository that keep what a job leaves on them, and run both pull requests and the jobs that sign in.
import { type Check, fail, pass, skip } from '../check.ts';
import { requireGitHub } from '../github.ts';
import { readWorkflowJobs } from '../workflows.ts';

export const selfHostedRunners: Check = {
  name: 'self-hosted runners',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const answer = await api.attempt('GET /repos/{owner}/{repo}/actions/runners', { per_page: 100 }, [403, 404]);
    if ('refused' in answer) return skip('the token may not list runners: that takes an administrator’s');
    const signingIn = (await readWorkflowJobs(context.root)).filter(({ hasEnvironment }) => hasEnvironment);
    const [first, ...others] = answer.data.runners.filter(({ labels, ephemeral }) => {
      const has = new Set(labels.map(({ name }) => name.toLowerCase()));
      return !ephemeral && signingIn.some(({ runsOn }) => runsOn.every((label) => has.has(label.toLowerCase())));
    });
    if (first === undefined) return pass('of this repository take no job that signs in');
    return fail(
      `${[first, ...others].map(({ name }) => name).join(', ')}: what a pull request leaves there meets the jobs that sign in`,
      `gh api -X DELETE repos/${repository}/actions/runners/${first.id}, and GitHub’s own runners or ephemeral ones`,
    );
  },
};
