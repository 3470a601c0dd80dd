// Who says where the state is: the apply believes what the state says of earlier applies, and a variable of the repository can be set
// by whoever may write to it (https://docs.github.com/rest/actions/variables: "collaborator access"). An environment's needs an
// administrator, and counts before the repository's.
import { pipelineIdentities } from '../../../bootstrap/grants.ts';
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';

export const statePlace: Check = {
  name: 'place of the state',
  needs: 'github',
  async run(context) {
    const environments = getDefaultEnvironments(context.stack);
    const names = pipelineIdentities.flatMap((identity) => environments[identity]);
    return Promise.all(names.map(async (name) => ({ ...(await examine(name, context)), about: `in ${name}` })));
  },
};

async function examine(environment_name: string, context: DoctorContext): Promise<Finding> {
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/variables/{name}';
  const asked = { environment_name, name: 'PULUMI_BACKEND_URL' };
  const answer = await requireGitHub(context).api.attempt(route, asked, [403, 404]);
  if (!('refused' in answer)) return pass('is a variable of the environment');
  return answer.refused === 403
    ? skip('the token may not read the variables of environments')
    : fail(
        'is no variable of the environment: whoever may write to the repository can name a state of their own',
        `gh variable set PULUMI_BACKEND_URL --env ${environment_name} --body 'azblob://<container>?storage_account=<account>'`,
      );
}
