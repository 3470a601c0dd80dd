// What to append to a proposal's branch: the plan, without files that people or main have changed since. Pure.
import { computeBlobId } from '../../forge/git/signature.ts';

export interface FileChange {
  path: string;
  /** null: the file is deleted. */
  text: string | null;
}

export interface BranchFacts {
  /** What the branch changes against its base: path to blob, null where it deletes. */
  changed: ReadonlyMap<string, string | null>;
  /** Paths that people touched on the branch. */
  touchedByPeople: ReadonlySet<string>;
  /** Of these, the paths that they touched after the audit read the branch. */
  touchedSinceAudit: ReadonlySet<string>;
  /** The base's files: path to blob. */
  base: ReadonlyMap<string, string>;
  /** Paths that main has changed since the audit read it. */
  changedOnMain: ReadonlySet<string>;
  /** Whether the plan has already weighed a person's version of the file against the evidence. */
  isAccountFile(path: string): boolean;
}

export interface ChangeDecision {
  changes: FileChange[];
  /** No longer proposed: to be set back to the base's version. */
  reverts: string[];
  /** Left as a person made it. */
  kept: string[];
  /** Left alone because main's file has changed since the plan was made. */
  overtaken: string[];
}

/** `wanted` is the plan: path to text, null where the file is deleted. */
export function decideChanges(wanted: ReadonlyMap<string, string | null>, facts: BranchFacts): ChangeDecision {
  const decision: ChangeDecision = { changes: [], reverts: [], kept: [], overtaken: [] };
  const paths = [...new Set([...wanted.keys(), ...facts.changed.keys()])].sort();
  for (const path of paths) {
    if (isPersonsChange(path, wanted, facts)) {
      decision.kept.push(path);
    } else if (wanted.has(path)) {
      const text = wanted.get(path) ?? null;
      if (isSame(text, findBranchBlob(path, facts))) continue;
      if (facts.changedOnMain.has(path)) decision.overtaken.push(path);
      else decision.changes.push({ path, text });
    } else if (findBranchBlob(path, facts) !== (facts.base.get(path) ?? null)) {
      decision.reverts.push(path);
    }
  }
  return decision;
}

/**
 * A commit made after the audit read the branch is unknown to the plan and wins. The plan knows earlier ones: for an account
 * file it has adopted the person's version, or says why it cannot.
 */
function isPersonsChange(
  path: string,
  wanted: ReadonlyMap<string, string | null>,
  { touchedByPeople, touchedSinceAudit, isAccountFile }: BranchFacts,
): boolean {
  if (touchedSinceAudit.has(path)) return true;
  return touchedByPeople.has(path) && !(wanted.has(path) && isAccountFile(path));
}

/** The file's blob on the branch now; null: there is no such file. */
function findBranchBlob(path: string, { changed, base }: BranchFacts): string | null {
  return changed.has(path) ? (changed.get(path) ?? null) : (base.get(path) ?? null);
}

function isSame(text: string | null, blob: string | null): boolean {
  return text === null ? blob === null : computeBlobId(text) === blob;
}
