// What happened on GitHub, as Actions hands it to workflows: which of them it starts, from which commit's files, with whose rights.
import { matchesFilter, type RunSource } from '@dormant-m365/emulator/github';
import type { Json } from './expressions.ts';
import type { Workflow, WorkflowTrigger } from './workflow-file.ts';

export interface WorkflowEvent extends RunSource {
  name: string;
  payload: Record<string, Json>;
  inputs?: Record<string, Json>;
  /** GITHUB_SHA: the commit whose workflow files run, and that is checked out unless a step says otherwise. */
  commit: string;
  /** The commit that the jobs stand at as checks; that of a pull request is its head, and not the merge that runs. */
  checkedCommit: string;
}

/** The files that the event changed, for `paths` filters. */
export type ListChangedFiles = () => Promise<readonly string[]>;

/**
 * Whether the event starts the workflow. A workflow that does not start reports no check.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export async function isStarted(
  { on }: Workflow,
  { name, payload, ref }: WorkflowEvent,
  listChangedFiles: ListChangedFiles,
): Promise<boolean> {
  if (!(name in on)) return false;
  const trigger = on[name] ?? {};
  const types = trigger.types ?? (name === 'pull_request' ? ['opened', 'synchronize', 'reopened'] : null);
  if (types !== null && !types.includes(String(payload.action))) return false;
  if (!matchesRef(trigger, readBranch(name, payload, ref), ref)) return false;
  const { paths } = trigger;
  if (paths === undefined) return true;
  return (await listChangedFiles()).some((file) => paths.some((pattern) => matchesFilter(pattern, file)));
}

/** A workflow with `tags` alone starts for no branch; one with `branches` alone for no tag. */
function matchesRef({ branches, tags }: WorkflowTrigger, branch: string | null, ref: string): boolean {
  if (branches === undefined && tags === undefined) return true;
  if (branch !== null) return branches?.some((pattern) => matchesFilter(pattern, branch)) ?? false;
  const tag = ref.replace('refs/tags/', '');
  return tags?.some((pattern) => matchesFilter(pattern, tag)) ?? false;
}

/** The branch that a filter looks at: the one pushed to, and the base of a pull request or merge group. */
function readBranch(name: string, payload: Record<string, Json>, ref: string): string | null {
  if (name === 'push') return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  const { base, base_ref: baseRef } = (payload[name] ?? {}) as Record<string, Json>;
  if (name === 'merge_group') return String(baseRef).replace('refs/heads/', '');
  return typeof base === 'object' && base !== null && 'ref' in base ? String(base.ref) : null;
}
