// The rule "require status checks to pass": which of them a commit lacks, by what was reported for it and by whom.
import { isRecord } from './authentication.ts';
import { GitHubApiError } from './errors.ts';
import { listRulesInForce } from './rulesets.ts';
import type { CheckRun, CommitStatus, GitHubState } from './state.ts';

interface RequiredCheck {
  context: string;
  integration_id?: number;
}

/**
 * The required checks that have not passed on `sha`, as GitHub words them.
 *
 * A status counts where it was set last; a job counts by its name, and one that its `if:` skipped counts as passed. With an
 * `integration_id` only that App's counts. Where there are a status and a job of one name, both have to pass. What nobody reports,
 * such as the jobs of a workflow that a `paths` filter skipped, stays expected for ever.
 * https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
 * https://docs.github.com/rest/repos/rules: "The optional integration ID that this status check must originate from."
 */
export function listUnmetChecks(state: GitHubState, sha: string): string[] {
  return listRequired(state).flatMap((required) => {
    const { context, integration_id: app } = required;
    const isTheirs = ({ appId }: { appId: number | null }) => app === undefined || appId === app;
    const status = state.statuses.findLast((one) => one.sha === sha && one.context === context && isTheirs(one));
    const run = state.checkRuns.findLast((one) => one.sha === sha && one.name === context && isTheirs(one));
    if (!status && !run) return [`Required status check "${context}" is expected.`];
    return isPassed(status, run) ? [] : [`Required status check "${context}" is failing.`];
  });
}

/** Refuses a merge that lacks something; each is a sentence of GitHub's. */
export function requireNoneUnmet(unmet: readonly string[]): void {
  if (unmet.length === 0) return;
  throw new GitHubApiError(405, { message: `Repository rule violations found\n\n${unmet.join('\n')}\n\n` });
}

/** Whether a branch must contain the base's tip before it is merged. */
export function isStrict(state: GitHubState): boolean {
  return listParameters(state).some((parameters) => parameters.strict_required_status_checks_policy === true);
}

/** Whether merges of the default branch go through a queue. */
export function hasMergeQueue(state: GitHubState): boolean {
  return listRulesInForce(state, state.defaultBranch).some(({ type }) => type === 'merge_queue');
}

function isPassed(status: CommitStatus | undefined, run: CheckRun | undefined): boolean {
  const isRunPassed = run === undefined || ['success', 'skipped', 'neutral'].includes(run.conclusion);
  return (status === undefined || status.state === 'success') && isRunPassed;
}

function listRequired(state: GitHubState): RequiredCheck[] {
  return listParameters(state).flatMap(
    ({ required_status_checks: required }) => (Array.isArray(required) ? required : []) as RequiredCheck[],
  );
}

function listParameters(state: GitHubState): Record<string, unknown>[] {
  return listRulesInForce(state, state.defaultBranch).flatMap(({ type, parameters }) =>
    type === 'required_status_checks' && isRecord(parameters) ? [parameters] : [],
  );
}
