// The repository’s visibility: account files, artifacts and logs name people, so the pipeline refuses to run in a public one.
import { at, textAt } from '../../../audit/proposal/github/wire.ts';
import { type Check, fail, pass } from '../check.ts';
import { requireGitHub } from '../git-hub.ts';

export const repositoryPrivacy: Check = {
  name: 'repository is private',
  needs: 'github',
  async run(scene) {
    const { api, repository } = requireGitHub(scene);
    const { data } = await api.request('GET /repos/{owner}/{repo}');
    return at(data, 'private') === true && textAt(data, 'visibility') !== 'public'
      ? pass(`${repository} is ${textAt(data, 'visibility') ?? 'private'}`)
      : fail(
          `${repository} is public: audit and apply refuse to run`,
          `gh repo edit ${repository} --visibility private --accept-visibility-change-consequences`,
        );
  },
};
