// Reports the audit to the repository: a failure in an issue and on the open proposal, and the next success.
import { announceFailedAudit, announceSuccessfulAudit } from '../../audit/proposal/failed-audit.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { DormantError, InvalidInput } from '../../policy/errors.ts';
import { redactNames } from '../../policy/words/redact-names.ts';
import { sanitiseLog } from '../github-actions.ts';
import { findArtifactUrl } from '../github-remote.ts';
import { getAnyAccountPath, mentionOwners } from '../read-owners.ts';

interface AuditedStack {
  repo: string;
  stack: string;
}

/** Returns or throws what `audit` does, after reporting it to GitHub. `github` null: without a report. */
export async function runAndNotify<T>(
  github: GitHub | null,
  audited: AuditedStack,
  audit: () => Promise<T>,
): Promise<T> {
  if (github === null) return audit();
  try {
    const result = await audit();
    await announceSuccessfulAudit(github, audited.stack);
    return result;
  } catch (error) {
    await notifyFailure(github, audited, error);
    throw error;
  }
}

/** A failure of GitHub must not hide why the audit failed. */
async function notifyFailure(github: GitHub, { repo, stack }: AuditedStack, error: unknown): Promise<void> {
  const { artifactUrl } = findArtifactUrl(process.env);
  const run = artifactUrl === undefined ? {} : { runUrl: artifactUrl };
  try {
    const owners = await mentionOwners(repo, getAnyAccountPath(stack), github);
    await announceFailedAudit(github, { stack, owners, ...explainFailure(error), ...run });
  } catch (trouble) {
    console.error(sanitiseLog(`GitHub could not be told that the audit failed: ${String(trouble)}`));
  }
}

function explainFailure(error: unknown): { reason: string; remedy: string } {
  if (error instanceof InvalidInput) {
    const [first] = error.problems;
    const more = error.problems.length > 1 ? ` and ${error.problems.length - 1} more problems` : '';
    const reason = first ? `${first.path}:${first.line}: ${first.message}${more}` : error.message;
    return { reason: redactNames(reason), remedy: 'Fix the files on the default branch; `dormant check` names each.' };
  }
  if (error instanceof DormantError) return { reason: redactNames(error.message), remedy: redactNames(error.remedy) };
  return { reason: 'The audit failed because of a defect in Dormant; see the log of the run.', remedy: '' };
}
