// What protects the default branch: merging is the only trigger, so the rules of merging are the approval.
import { at, numberAt, textAt } from '../../../audit/proposal/wire.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';
import { defaultBranchOf, gitHubOf } from '../git-hub.ts';
import type { Scene } from '../scene.ts';

export const ruleset: Check = {
  name: 'branch protection',
  needs: 'github',
  async run(scene) {
    const { api, repository } = gitHubOf(scene);
    const branch = await defaultBranchOf(scene);
    const rules = await api.all('GET /repos/{owner}/{repo}/rules/branches/{branch}', { branch });
    const missing = missingFrom(rules);
    const mend = `gh api -X POST repos/${repository}/rulesets --input docs/guides/ruleset.json`;
    return [judge(branch, rules, missing, mend), ...(await bypasses(rules, scene))];
  },
};

export interface Demand {
  /** What it is for, as the end of "…: nobody". */
  says: string;
  /** Without it, changes reach the tenant that nobody approved. */
  isVital: boolean;
  isMet(rules: readonly unknown[]): boolean;
}

export const demands: readonly Demand[] = [
  {
    says: 'a pull request with an approval',
    isVital: true,
    isMet: (rules) => pullRequests(rules).some((rule) => approvals(rule) >= 1),
  },
  {
    says: 'the approval of a code owner',
    isVital: true,
    isMet: (rules) => pullRequests(rules).some((rule) => isOn(rule, 'require_code_owner_review')),
  },
  {
    says: 'a new approval after a new commit',
    isVital: true,
    isMet: (rules) => pullRequests(rules).some((rule) => isOn(rule, 'dismiss_stale_reviews_on_push')),
  },
  {
    says: 'that somebody else approves the last commit',
    isVital: false,
    isMet: (rules) => pullRequests(rules).some((rule) => isOn(rule, 'require_last_push_approval')),
  },
  {
    says: 'that the check has passed',
    isVital: false,
    isMet: (rules) => has(rules, 'required_status_checks'),
  },
  {
    says: 'that history is kept (no force push)',
    isVital: false,
    isMet: (rules) => has(rules, 'non_fast_forward'),
  },
  { says: 'that the branch is kept (no deletion)', isVital: false, isMet: (rules) => has(rules, 'deletion') },
];

export function missingFrom(rules: readonly unknown[]): readonly Demand[] {
  return demands.filter(({ isMet }) => !isMet(rules));
}

function judge(branch: string, rules: readonly unknown[], missing: readonly Demand[], mend: string): Finding {
  if (rules.length === 0) return fail(`no ruleset is in force on ${branch}: a push to it is applied`, mend);
  if (missing.length === 0) return pass(`${branch} asks for all that is needed`);
  const says = `${branch} does not ask for: ${missing.map((demand) => demand.says).join('; ')}`;
  return missing.some(({ isVital }) => isVital) ? fail(says, mend) : warn(says, mend);
}

/** Only who administers the ruleset is told who may bypass it; others see nothing, which proves nothing. */
async function bypasses(rules: readonly unknown[], scene: Scene): Promise<Finding[]> {
  const { api } = gitHubOf(scene);
  const ids = new Set(
    rules.filter((rule) => at(rule, 'ruleset_id') !== undefined).map((rule) => numberAt(rule, 'ruleset_id')),
  );
  const findings: Finding[] = [];
  for (const ruleset_id of ids) {
    const answer = await api.attempt(
      'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}',
      { ruleset_id },
      [403, 404],
    );
    const actors = 'refused' in answer ? undefined : at(answer.data, 'bypass_actors');
    if (!Array.isArray(actors) || actors.length === 0) continue;
    const who = actors.map((actor) => textAt(actor, 'actor_type') ?? 'somebody').join(', ');
    findings.push({
      ...warn(`may be bypassed by: ${who}`, 'take the bypass list out of the ruleset'),
      about: 'bypass',
    });
  }
  return findings;
}

function has(rules: readonly unknown[], type: string): boolean {
  return rules.some((rule) => textAt(rule, 'type') === type);
}

function pullRequests(rules: readonly unknown[]): unknown[] {
  return rules.filter((rule) => textAt(rule, 'type') === 'pull_request');
}

function approvals(rule: unknown): number {
  return numberAt(rule, 'parameters', 'required_approving_review_count');
}

function isOn(rule: unknown, parameter: string): boolean {
  return at(rule, 'parameters', parameter) === true;
}
