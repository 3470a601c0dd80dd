// The environments that the identities trust: if open to every branch, anyone who can push one could use the tenant.
import { pipelineIdentities } from '../../../bootstrap/grants.ts';
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { readDefaultBranch, requireGitHub } from '../github.ts';

export const environments: Check = {
  name: 'environment',
  needs: 'github',
  async run(context) {
    const branch = await readDefaultBranch(context);
    const trusted = getDefaultEnvironments(context.stack);
    const names = pipelineIdentities.flatMap((identity) => trusted[identity]);
    return Promise.all(names.map(async (name) => ({ ...(await examine(name, branch, context)), about: name })));
  },
};

async function examine(environment_name: string, branch: string, context: DoctorContext): Promise<Finding> {
  const { api, repository } = requireGitHub(context);
  const answer = await api.attempt(
    'GET /repos/{owner}/{repo}/environments/{environment_name}',
    { environment_name },
    [403, 404],
  );
  const fix = buildFix(`repos/${repository}/environments/${environment_name}`, branch);
  if ('refused' in answer)
    return answer.refused === 403 ? skip('the token may not read environments') : fail('is not there', fix);
  return answer.data.deployment_branch_policy
    ? pass('is limited to branches that are named')
    : fail('may be used from any branch, by anybody who can push one', fix);
}

function buildFix(path: string, branch: string): string {
  const limit =
    "-F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'";
  return `gh api -X PUT ${path} ${limit} && gh api -X POST ${path}/deployment-branch-policies -f name=${branch}`;
}
