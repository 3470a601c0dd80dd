// What the rules of the default branch must demand, judged from GitHub's list of the rules in force. Pure.
import type { GitHubData, GitHubItem } from '../../forge/github/github.ts';
import { checkContext } from '../check/publish-check.ts';
import { type Finding, fail, pass, skip } from './check.ts';

export type BranchRule = GitHubItem<'GET /repos/{owner}/{repo}/rules/branches/{branch}'>;
type Ruleset = GitHubData<'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}'>;

type RequiredCheck = NonNullable<
  Extract<BranchRule, { type: 'required_status_checks' }>['parameters']
>['required_status_checks'][number];

/** The id of Actions on github.com: of whatever workflow, of whatever branch. */
export const actionsAppId = 15_368;
/** The jobs of ci.yml that every pull request starts and that judge what runs: in Dormant's own repository, and in a team's. */
export const ofCi = {
  own: ['Commands of the README', 'Types, lint, layers, workflows'],
  team: ['The version of Dormant'],
};

interface Demand {
  /** The end of "the branch does not ask for …". */
  says: string;
  /** Without it, changes that were not approved reach the tenant. */
  isVital: boolean;
  isMet(rules: readonly BranchRule[]): boolean;
}

export const demands: readonly Demand[] = [
  {
    says: 'a pull request with an approval',
    isVital: true,
    isMet: hasPullRequestParameter(
      'required_approving_review_count',
      (count) => typeof count === 'number' && count >= 1,
    ),
  },
  {
    says: 'the approval of a code owner',
    isVital: true,
    isMet: hasPullRequestParameter('require_code_owner_review'),
  },
  {
    says: 'a new approval after a new commit',
    isVital: true,
    isMet: hasPullRequestParameter('dismiss_stale_reviews_on_push'),
  },
  {
    says: 'that somebody else approves the last commit',
    isVital: true,
    isMet: hasPullRequestParameter('require_last_push_approval'),
  },
  {
    says: 'that all conversations are resolved',
    isVital: false,
    isMet: hasPullRequestParameter('required_review_thread_resolution'),
  },
  { says: `that \`${checkContext}\` has passed`, isVital: true, isMet: requiresChecks([checkContext]) },
  {
    says: 'that each check is reported by the App that it comes from, and not by whoever may write',
    isVital: true,
    isMet: namesEverySource,
  },
  {
    says: `that \`${checkContext}\` comes from an App of your own: as Actions, the workflow of any branch can report it`,
    isVital: false,
    isMet: trustsAnApp,
  },
  {
    says: 'that a branch is up to date when it is merged: a check counts for its commit, also when main has moved on',
    isVital: true,
    isMet: isTestedOnMain,
  },
  { says: 'that CI has passed', isVital: true, isMet: requiresCi },
  { says: 'that history is kept (no force push)', isVital: false, isMet: hasRule('non_fast_forward') },
  { says: 'that the branch is kept (no deletion)', isVital: false, isMet: hasRule('deletion') },
];

/** Rules of several rulesets add up: one of them is enough for each demand. */
export function listMissing(rules: readonly BranchRule[]): readonly Demand[] {
  return demands.filter(({ isMet }) => !isMet(rules));
}

/** `ruleset`: GitHub's answer, undefined if there was none. Only administrators of a ruleset see who may bypass it. */
export function judgeBypass(ruleset: Pick<Ruleset, 'bypass_actors'> | undefined): Finding {
  const actors = ruleset?.bypass_actors;
  if (actors === undefined) return skip('only administrators of the ruleset see who may bypass it');
  const who = actors.map(({ actor_type }) => actor_type);
  return who.length === 0
    ? pass('nobody may')
    : fail(`may be bypassed by: ${who.join(', ')}`, 'take the bypass list out of the ruleset');
}

function hasRule(type: BranchRule['type']): Demand['isMet'] {
  return (rules) => rules.some((rule) => rule.type === type);
}

/**
 * Without an `integration_id` anybody with write access may report it
 * (docs.github.com/pull-requests/reference/status-checks).
 */
function listRequired(rules: readonly BranchRule[]): RequiredCheck[] {
  return rules.flatMap((rule) =>
    rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : [],
  );
}

function namesEverySource(rules: readonly BranchRule[]): boolean {
  const required = listRequired(rules);
  return required.length > 0 && required.every(({ integration_id }) => integration_id !== undefined);
}

function trustsAnApp(rules: readonly BranchRule[]): boolean {
  const ours = listRequired(rules).filter(({ context }) => context === checkContext);
  return ours.some(({ integration_id: app }) => app !== undefined && app !== actionsAppId);
}

/** A merge queue tests each pull request on what it will be merged into. */
function isTestedOnMain(rules: readonly BranchRule[]): boolean {
  return rules.some(
    (rule) =>
      rule.type === 'merge_queue' ||
      (rule.type === 'required_status_checks' && rule.parameters?.strict_required_status_checks_policy === true),
  );
}

function requiresChecks(names: readonly string[]): Demand['isMet'] {
  return (rules) => names.every((name) => listRequired(rules).some(({ context }) => context === name));
}

/** Those of the other repository would be waited for in vain, so that nothing could be merged. */
function requiresCi(rules: readonly BranchRule[]): boolean {
  return Object.values(ofCi).some((names) => requiresChecks(names)(rules));
}

type PullRequestRule = Extract<BranchRule, { type: 'pull_request' }>;

function hasPullRequestParameter(
  parameter: keyof NonNullable<PullRequestRule['parameters']>,
  isEnough: (value: unknown) => boolean = (value) => value === true,
): Demand['isMet'] {
  return (rules) => rules.some((rule) => rule.type === 'pull_request' && isEnough(rule.parameters?.[parameter]));
}
