// The GitHub App whose status the ruleset requires: whether there is one, and its key where no other branch can take it.
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { locatePage } from '../../../policy/words/locate-page.ts';
import { checkContext } from '../../check/publish-check.ts';
import { type Check, skip, warn } from '../check.ts';
import { requireGitHub } from '../github.ts';
import { examineSecret } from './environment-secret.ts';
import { appEnvironment } from './environments.ts';

export const appKey: Check = {
  name: 'GitHub App’s key is a secret',
  needs: 'github',
  async run(context) {
    const route = 'GET /repos/{owner}/{repo}/actions/variables/{name}';
    const answer = await requireGitHub(context).api.attempt(route, { name: 'DORMANT_APP_CLIENT_ID' }, [403, 404]);
    if ('refused' in answer) {
      return answer.refused === 403
        ? skip('the token may not read which variables the repository has')
        : warn(
            `there is no App: the workflow of any branch can report \`${checkContext}\``,
            `${locatePage('guides/github.md')}, part 4`,
          );
    }
    const names = [appEnvironment, ...getDefaultEnvironments(context.stack).audit];
    return Promise.all(
      names.map((environment) =>
        examineSecret(context, {
          ...{ environment, name: 'DORMANT_APP_PRIVATE_KEY', otherwise: 'its jobs cannot act as the App' },
          mend: `gh secret set DORMANT_APP_PRIVATE_KEY --env ${environment} < key.pem`,
        }),
      ),
    );
  },
};
