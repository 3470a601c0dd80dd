// The repository’s visibility: account files, artifacts and logs name people, so nothing runs in a public one.
import type { GitHub } from '../../../forge/github/github.ts';
import { isPrivate } from '../../../forge/github/require-private.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import { requireGitHub } from '../github.ts';

export const repositoryPrivacy: Check = {
  name: 'repository is private',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const { data } = await api.request('GET /repos/{owner}/{repo}');
    if (!isPrivate(data))
      return fail(
        `${repository} is public: audit and apply refuse to run`,
        `gh repo edit ${repository} --visibility private --accept-visibility-change-consequences`,
      );
    return [
      pass(`${repository} is ${data.visibility ?? 'private'}`),
      { ...(await examineOrganisation(api)), about: 'and stays so' },
    ];
  },
};

/** Members who administer a repository may make it public, unless their organisation says no. Only its owners see that. */
async function examineOrganisation({ owner, attempt }: GitHub): Promise<Finding> {
  const answer = await attempt('GET /orgs/{org}', { org: owner }, [403, 404]);
  const mayMembers = 'refused' in answer ? undefined : answer.data.members_can_change_repo_visibility;
  if (mayMembers === undefined || mayMembers === null)
    return skip('whether members may change it is shown to owners of an organisation');
  return mayMembers
    ? fail(
        'members may make it public, or visible to the whole enterprise',
        `take it from them: https://github.com/organizations/${owner}/settings/member_privileges`,
      )
    : pass('members may not change it');
}
