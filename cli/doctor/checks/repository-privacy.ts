// The repository’s visibility: account files, artifacts and logs name people, so nothing runs in a public one.
import { isPrivate } from '../../../forge/github/require-private.ts';
import { type Check, fail, pass } from '../check.ts';
import { requireGitHub } from '../github.ts';

export const repositoryPrivacy: Check = {
  name: 'repository is private',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const { data } = await api.request('GET /repos/{owner}/{repo}');
    return isPrivate(data)
      ? pass(`${repository} is ${data.visibility ?? 'private'}`)
      : fail(
          `${repository} is public: audit and apply refuse to run`,
          `gh repo edit ${repository} --visibility private --accept-visibility-change-consequences`,
        );
  },
};
