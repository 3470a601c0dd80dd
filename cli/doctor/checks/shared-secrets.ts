// Secrets that only jobs with an environment use, but that are the repository's or the organisation's: any branch's
// workflow can take those.

import { locatePage } from '../../../policy/words/locate-page.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import { requireGitHub } from '../github.ts';
import { readWorkflowJobs, type WorkflowJob } from '../workflows.ts';

export const sharedSecrets: Check = {
  name: 'secrets of environments',
  needs: 'github',
  async run(context) {
    const { api, repository } = requireGitHub(context);
    const ofRepository = await api.attempt('GET /repos/{owner}/{repo}/actions/secrets', { per_page: 100 }, [403, 404]);
    // 404: the owner is a person, who has none.
    const ofOrganisation = await api.attempt(
      'GET /repos/{owner}/{repo}/actions/organization-secrets',
      { per_page: 100 },
      [403, 404],
    );
    if ('refused' in ofRepository) return skip('the token may not read which secrets the repository has');
    const guarded = listGuarded(await readWorkflowJobs(context.root));
    const pick = (secrets: readonly { name: string }[]) =>
      guarded.filter((name) => secrets.some((s) => s.name === name));
    const shared = 'refused' in ofOrganisation ? [] : ofOrganisation.data.secrets;
    const findings = [
      ...pick(ofRepository.data.secrets).map((name) => judgeOfRepository(name, repository)),
      ...pick(shared).map((name) => judgeOfOrganisation(name, api.owner)),
    ];
    return findings.length > 0 ? findings : pass('are there and nowhere else');
  },
};

/** What a job without an environment uses, too, has to be the repository's. */
function listGuarded(jobs: readonly WorkflowJob[]): string[] {
  const list = (hasEnvironment: boolean) =>
    jobs.filter((job) => job.hasEnvironment === hasEnvironment).flatMap(({ secrets }) => secrets);
  const open = new Set(list(false));
  return [...new Set(list(true))].filter((name) => !open.has(name)).sort();
}

function judgeOfRepository(name: string, repository: string): Finding {
  const before =
    name === 'DORMANT_FACTS_KEY' ? `a new key: ${locatePage('guides/keys.md')}` : `\`gh secret set ${name} --env …\``;
  return {
    ...fail(
      'is one of the whole repository, which a workflow of any branch can take',
      `${before}, then \`gh secret delete ${name} --repo ${repository}\``,
    ),
    about: name,
  };
}

function judgeOfOrganisation(name: string, owner: string): Finding {
  const page = `https://github.com/organizations/${owner}/settings/secrets/actions`;
  return {
    ...fail(
      'is one of the organisation, which a workflow of any branch can take',
      `keep this repository off it: ${page}`,
    ),
    about: name,
  };
}
