// Whether main still contains what was applied: an older main, or one that was set back, would undo what a newer one did. Pure.
import { DormantError } from '../policy/errors.ts';
import type { AppliedRecord } from '../policy/signing/key-trust.ts';
import type { MainBase } from './main-base.ts';

/** Throws `main-rewritten`. */
export function requireContained(main: MainBase, record: AppliedRecord | null): void {
  const missing = findMissingCommit(main, record);
  if (missing === null || main.applied === null) return;
  const tip = shortenCommit(main.applied);
  throw new DormantError('main-rewritten', `Nothing is done: main's tip ${tip} does not contain ${missing}.`, {
    where: missing,
    remedy: `That commit was applied by a run, so this main is older, or it was rewritten: apply the newest main, or put the commit back on it. If main was set back to ${tip} on purpose, say so: dormant apply --rewound-to ${tip} (plain pulumi: DORMANT_REWOUND_TO=${tip}). If its history was rewritten on purpose: dormant apply --commit-map <file>`,
  });
}

/** What an apply began with or went through and main lacks, as a full id; null: nothing, or it was rewound on purpose. */
export function findMissingCommit({ contained, isRewound }: MainBase, record: AppliedRecord | null): string | null {
  if (record === null || isRewound) return null;
  const applied = [record.commit, record.begun].filter((commit) => commit !== null);
  return applied.find((commit) => !contained.has(commit)) ?? null;
}

/** The same sentence of an account that is left and of a run that ends. */
export function describeMove(movedTo: string): string {
  return `main has moved to ${shortenCommit(movedTo)}: the next run goes on from there`;
}

/** As git shows it. */
export function shortenCommit(commit: string): string {
  return commit.slice(0, 7);
}
