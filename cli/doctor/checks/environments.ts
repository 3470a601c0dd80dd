// The environments that the identities trust, and the App's: from a branch beside main, anyone who can push one could use the
// tenant, or report a check as passed.
import { pipelineIdentities } from '../../../bootstrap/grants.ts';
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import type { GitHubData } from '../../../forge/github/github.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { readDefaultBranch, requireGitHub } from '../github.ts';

/** Of the jobs that have the App's key and no tenant: the check of a pull request, and exemptions. */
export const appEnvironment = 'github-app';

export const environments: Check = {
  name: 'environment',
  needs: 'github',
  async run(context) {
    const branch = await readDefaultBranch(context);
    const trusted = getDefaultEnvironments(context.stack);
    const names = [
      ...pipelineIdentities.flatMap((identity) => trusted[identity]),
      ...listErasing(context),
      appEnvironment,
    ];
    return Promise.all(names.map(async (name) => ({ ...(await examine(name, branch, context)), about: name })));
  },
};

/** Who may use it can delete records: GitHub makes it without any limit when `erase.yml` first names it. */
function listErasing({ stack, files }: Pick<DoctorContext, 'stack' | 'files'>): string[] {
  const erases = files.tenant.value.records !== undefined && files.policy.value.privacy?.eraseAfterDays !== undefined;
  return erases ? [`${stack}-erase`] : [];
}

async function examine(environment_name: string, branch: string, context: DoctorContext): Promise<Finding> {
  const { api, repository } = requireGitHub(context);
  const answer = await api.attempt(
    'GET /repos/{owner}/{repo}/environments/{environment_name}',
    { environment_name },
    [403, 404],
  );
  const path = `repos/${repository}/environments/${environment_name}`;
  if ('refused' in answer)
    return answer.refused === 403
      ? skip('the token may not read environments')
      : fail('is not there', buildFix(path, branch));
  const limit = answer.data.deployment_branch_policy;
  if (!limit) return fail('may be used from any branch, by anybody who can push one', buildFix(path, branch));
  if (!limit.custom_branch_policies) return fail('admits every branch that is protected', buildFix(path, branch));
  const { data } = await api.request(
    'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
    { environment_name, per_page: 100 },
  );
  return judgePolicies(data.branch_policies, branch, path);
}

type Policy =
  GitHubData<'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies'>['branch_policies'][number];

/** A name may be a pattern; `main` as a tag is whatever somebody has tagged so. */
function judgePolicies(policies: readonly Policy[], branch: string, path: string): Finding {
  const isDefault = ({ name, type = 'branch' }: Policy) => name === branch && type === 'branch';
  const [first, ...others] = policies.filter((policy) => !isDefault(policy));
  if (first !== undefined) {
    const names = [first, ...others].map(({ name, type = 'branch' }) => `the ${type} ${name}`).join(', ');
    return fail(
      `admits more than ${branch}: ${names}`,
      `gh api -X DELETE ${path}/deployment-branch-policies/${first.id}`,
    );
  }
  return policies.length === 0
    ? fail('admits no branch, so no job starts', `gh api -X POST ${path}/deployment-branch-policies -f name=${branch}`)
    : pass(`admits ${branch} and nothing else`);
}

function buildFix(path: string, branch: string): string {
  const limit =
    "-F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'";
  return `gh api -X PUT ${path} ${limit} && gh api -X POST ${path}/deployment-branch-policies -f name=${branch}`;
}
