// The protection of the default branch: a merge is the only trigger, so the rules for merging are the approval.

import { locatePage } from '../../../policy/words/locate-page.ts';
import { type BranchRule, judgeBypass, listMissing } from '../branch-rules.ts';
import { type Check, type Finding, fail, pass, skip, warn } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { readDefaultBranch, requireGitHub } from '../github.ts';

export const ruleset: Check = {
  name: 'branch protection',
  needs: 'github',
  async run(context) {
    const branch = await readDefaultBranch(context);
    // Nobody has more than a page of them: a ruleset has each kind of rule once.
    const asked = { branch, per_page: 100 };
    const route = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
    const answer = await requireGitHub(context).api.attempt(route, asked, [403]);
    if ('refused' in answer) return judgeRefusal(answer.message);
    return [judge(branch, answer.data), ...(await examineBypasses(answer.data, context))];
  },
};

const fix = `the \`gh api … rulesets\` command of ${locatePage('guides/github.md')}, part 2`;

/** Whoever may read the repository may read its rules, so it is the plan: GitHub then says to upgrade. */
function judgeRefusal(message: string): Finding {
  if (!message.includes('Upgrade to')) return skip(`the token may not read the rules: ${message}`);
  return fail(
    'GitHub’s plan has no rulesets for a private repository: whoever may push to it decides what is applied',
    'a plan that has them: https://docs.github.com/get-started/learning-about-github/githubs-plans',
  );
}

function judge(branch: string, rules: readonly BranchRule[]): Finding {
  if (rules.length === 0) return fail(`no ruleset is in force on ${branch}: a push to it is applied`, fix);
  const missing = listMissing(rules);
  if (missing.length === 0) return pass(`${branch} asks for all that is needed`);
  const says = `${branch} does not ask for: ${missing.map((demand) => demand.says).join('; ')}`;
  return missing.some(({ isVital }) => isVital) ? fail(says, fix) : warn(says, fix);
}

async function examineBypasses(rules: readonly BranchRule[], context: DoctorContext): Promise<Finding[]> {
  const { api } = requireGitHub(context);
  const ids = new Set(rules.map(({ ruleset_id }) => ruleset_id).filter((id) => id !== undefined));
  return Promise.all(
    [...ids].map(async (ruleset_id) => {
      const route = 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}';
      const answer = await api.attempt(route, { ruleset_id }, [403, 404]);
      const found = 'refused' in answer ? undefined : answer.data;
      return { ...judgeBypass(found), about: `bypass of ruleset ${ruleset_id}` };
    }),
  );
}
