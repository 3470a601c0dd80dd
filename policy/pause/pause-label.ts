// The label that stops a wave: what it is called, and which pull requests are of a stack. Pure.
import { exemptionsPath } from '../files/stack-files.ts';
import type { TakingStop } from './taking-stop.ts';

export const pauseLabel = 'dormant-pause';

/** Branches that the pipeline makes for a stack: of its audits, and of `dormant pause`. */
function isStackBranch(stack: string, branch: string): boolean {
  const own = ['dormant', pauseBranchPrefix].map((prefix) => `${prefix}/${stack}`);
  return own.some((name) => branch === name || branch.startsWith(`${name}/`));
}

export const pauseBranchPrefix = 'dormant-pause';

/** What an apply of the stack acts on: its own folder, and what is for every stack. */
function isStackPath(stack: string, path: string): boolean {
  return path.startsWith(`stacks/${stack}/`) || path.startsWith('policy/') || path === exemptionsPath;
}

/** Which label to ask GitHub about, and of which pull requests. */
export function chooseLabelledPulls(stack: string) {
  return {
    label: pauseLabel,
    isWantedBranch: (branch: string) => isStackBranch(stack, branch),
    isWantedPath: (path: string) => isStackPath(stack, path),
  };
}

interface Labelled {
  number: number;
  /** A login; null: GitHub does not say. */
  by: string | null;
  /** ISO 8601. */
  at: string | null;
}

export function toLabelStop({ number, by, at }: Labelled): TakingStop {
  const who = by === null ? '' : ` by ${by}`;
  const when = at === null ? '' : ` on ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return { kind: 'labelled', because: `labelled ${pauseLabel}${who}${when}, #${number}`, until: null };
}
