// Whether a workflow's own token may approve: then one who can push a branch has an approval without asking anybody.

import { locatePage } from '../../../policy/words/locate-page.ts';
import { type Check, fail, pass, skip } from '../check.ts';
import { requireGitHub } from '../github.ts';

export const workflowApproval: Check = {
  name: 'approval by a workflow',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const answer = await api.attempt('GET /repos/{owner}/{repo}/actions/permissions/workflow', {}, [403, 404]);
    if ('refused' in answer)
      return skip('the token may not read the settings of Actions: that takes an administrator’s');
    if (!answer.data.can_approve_pull_request_reviews) return pass('is no approval: Actions may not give one');
    return fail(
      'counts: any branch’s workflow may approve a pull request',
      `an App that opens them instead (${locatePage('guides/github.md')}, part 4), then \`gh api -X PUT repos/${repository}/actions/permissions/workflow -F can_approve_pull_request_reviews=false\``,
    );
  },
};
