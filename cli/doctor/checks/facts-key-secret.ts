// The private half is a secret of the audit's environment, where no other branch or job can leak it.
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { buildKeyCommand } from '../../keys/key-command.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { requireGitHub } from '../github.ts';

export const factsKeySecret: Check = {
  name: 'facts key is a secret',
  needs: 'github',
  async run(context) {
    const names = getDefaultEnvironments(context.stack).audit;
    return Promise.all(names.map(async (name) => ({ ...(await examine(name, context)), about: `of ${name}` })));
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
