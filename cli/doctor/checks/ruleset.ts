// What protects the default branch: merging is the only trigger, so the rules of merging are the approval.
import { at } from '../../../audit/proposal/github/wire.ts';
import { bypassFinding, missingFrom } from '../branch-rules.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';
import { defaultBranchOf, gitHubOf } from '../git-hub.ts';
import type { Scene } from '../scene.ts';

export const ruleset: Check = {
  name: 'branch protection',
  needs: 'github',
  async run(scene) {
    const branch = await defaultBranchOf(scene);
    const rules = await gitHubOf(scene).api.all('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      branch,
    });
    return [judge(branch, rules), ...(await bypasses(rules, scene))];
  },
};

const mend = 'the `gh api … rulesets` command of docs/guides/github.md, part 2';

function judge(branch: string, rules: readonly unknown[]): Finding {
  if (rules.length === 0) return fail(`no ruleset is in force on ${branch}: a push to it is applied`, mend);
  const missing = missingFrom(rules);
  if (missing.length === 0) return pass(`${branch} asks for all that is needed`);
  const says = `${branch} does not ask for: ${missing.map((demand) => demand.says).join('; ')}`;
  return missing.some(({ isVital }) => isVital) ? fail(says, mend) : warn(says, mend);
}

async function bypasses(rules: readonly unknown[], scene: Scene): Promise<Finding[]> {
  const { api } = gitHubOf(scene);
  const ids = new Set(rules.map((rule) => at(rule, 'ruleset_id')).filter((id) => typeof id === 'number'));
  return Promise.all(
    [...ids].map(async (ruleset_id) => {
      const route = 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}';
      const answer = await api.attempt(route, { ruleset_id }, [403, 404]);
      const found = 'refused' in answer ? undefined : answer.data;
      return { ...bypassFinding(found), about: `bypass of ruleset ${ruleset_id}` };
    }),
  );
}
