// The private half is a secret of the audit's environment, where no other branch, job or repository secret can leak it.
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { buildKeyCommand } from '../../keys/key-command.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';

export const factsKeySecret: Check = {
  name: 'facts key is a secret',
  needs: 'github',
  async run(context) {
    const names = getDefaultEnvironments(context.stack).audit;
    const inEnvironments = names.map(async (name) => ({ ...(await examine(name, context)), about: `of ${name}` }));
    return [...(await Promise.all(inEnvironments)), ...(await examineRepository(context))];
  },
};

const secret_name = 'DORMANT_FACTS_KEY';

async function examine(environment_name: string, context: DoctorContext): Promise<Finding> {
  const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}';
  const answer = await requireGitHub(context).api.attempt(route, { environment_name, secret_name }, [403, 404]);
  if (!('refused' in answer)) return pass(`is there since ${answer.data.updated_at.slice(0, 10)}`);
  return answer.refused === 403
    ? skip('the token may not read which secrets environments have')
    : fail(`is not there: the audit proposes nothing`, buildKeyCommand(context.stack));
}

/** As a secret of the repository any branch's workflow could take it. */
async function examineRepository(context: DoctorContext): Promise<Finding[]> {
  const { api, repository } = requireGitHub(context);
  const route = 'GET /repos/{owner}/{repo}/actions/secrets/{secret_name}';
  const answer = await api.attempt(route, { secret_name }, [403, 404]);
  if ('refused' in answer) return [];
  const says = 'is also a secret of the whole repository, which a workflow of any branch can take';
  return [warn(says, `gh secret delete ${secret_name} --repo ${repository}, then a new key: docs/guides/keys.md`)];
}
