// Machines that keep what a job leaves on them, and run both pull requests and the jobs that sign in: the repository's, and those
// that the organisation lets it use.
import type { GitHubData } from '../../../forge/github/github.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';
import { readWorkflowJobs } from '../workflows.ts';

export const selfHostedRunners: Check = {
  name: 'self-hosted runners',
  needs: 'github',
  async run(context) {
    const jobs = (await readWorkflowJobs(context.root)).filter(({ hasEnvironment }) => hasEnvironment);
    const isShared = ({ labels, ephemeral }: Runner) => {
      const has = new Set(labels.map(({ name }) => name.toLowerCase()));
      return !ephemeral && jobs.some(({ runsOn }) => runsOn.every((label) => has.has(label.toLowerCase())));
    };
    return [await judgeRepository(context, isShared), ...(await judgeOrganization(context, isShared))];
  },
};

type Runner = GitHubData<'GET /repos/{owner}/{repo}/actions/runners'>['runners'][number];
type IsShared = (runner: Runner) => boolean;

async function judgeRepository(context: DoctorContext, isShared: IsShared): Promise<Finding> {
  const { api, repository } = requireGitHub(context);
  const answer = await api.attempt('GET /repos/{owner}/{repo}/actions/runners', { per_page: 100 }, [403, 404]);
  if ('refused' in answer) return skip('the token may not list runners: that takes an administrator’s');
  const [first, ...others] = answer.data.runners.filter(isShared);
  if (first === undefined) return pass('of this repository take no job that signs in');
  return fail(
    `${[first, ...others].map(({ name }) => name).join(', ')}: ${danger}`,
    `\`gh api -X DELETE repos/${repository}/actions/runners/${first.id}\`, and GitHub’s own runners or ephemeral ones`,
  );
}

const danger = 'what a pull request leaves there meets the jobs that sign in';

/** docs.github.com/rest/actions/self-hosted-runner-groups. A person who owns the repository has no groups. */
async function judgeOrganization(context: DoctorContext, isShared: IsShared): Promise<Finding[]> {
  const { api } = requireGitHub(context);
  const { data: repository } = await api.request('GET /repos/{owner}/{repo}');
  if (repository.owner.type !== 'Organization') return [];
  const org = { org: repository.owner.login, per_page: 100 };
  const asked = { ...org, visible_to_repository: repository.name };
  const groups = await api.attempt('GET /orgs/{org}/actions/runner-groups', asked, [403, 404]);
  if ('refused' in groups) return [{ ...skip(notShown), about }];
  const found: string[] = [];
  const unseen: string[] = [];
  for (const group of groups.data.runner_groups) {
    if (isClosedToBranches(group, repository.default_branch)) continue;
    const route = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners';
    const answer = await api.attempt(route, { ...org, runner_group_id: group.id }, [403, 404]);
    const runners = 'refused' in answer ? [] : answer.data.runners;
    // An enterprise's may not be shown, and more than a page of them are not looked at.
    if ('refused' in answer || answer.data.total_count > runners.length) unseen.push(group.name);
    found.push(...runners.filter(isShared).map(({ name }) => `${name} of ${group.name}`));
  }
  const page = `https://github.com/organizations/${org.org}/settings/actions/runner-groups`;
  if (found.length > 0)
    return [{ ...fail(`${found.join(', ')}: ${danger}`, `${page}: take this repository out`), about }];
  if (unseen.length === 0) return [{ ...pass('that this repository may use take no job that signs in'), about }];
  return [
    { ...skip(`those of ${unseen.join(', ')} are not all shown, and this repository may use them`, page), about },
  ];
}

const about = 'of the organisation';
const notShown =
  'the token may not list them: that takes an owner’s, or one with “Self-hosted runners” of the organisation';

/** Only workflows of the default branch get its runners, whatever a branch's workflow asks for. */
function isClosedToBranches(
  { restricted_to_workflows: isRestricted, selected_workflows: selected = [] }: RunnerGroup,
  main: string,
): boolean {
  return isRestricted === true && selected.every((workflow) => workflow.endsWith(`@refs/heads/${main}`));
}

type RunnerGroup = GitHubData<'GET /orgs/{org}/actions/runner-groups'>['runner_groups'][number];
