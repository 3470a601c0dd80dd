// What to append to a proposal's branch: the plan's wishes, less what people did since and what main has overtaken. Pure.
import { computeBlobId } from '../git/signature.ts';

export interface FileChange {
  path: string;
  /** null: the file goes. */
  text: string | null;
}

export interface BranchFacts {
  /** What the branch changes against its base: path to blob, null where it deletes. */
  changed: ReadonlyMap<string, string | null>;
  /** Paths that people touched on the branch. */
  touchedByPeople: ReadonlySet<string>;
  /** Of these, the paths that they touched after the audit had read the branch. */
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
  /** Proposed before, but no longer: to be set back to the base's version. */
  reverts: string[];
  /** Left as a person made it. */
  kept: string[];
  /** Left alone because main's file is no longer the one that the plan was made from. */
  overtaken: string[];
}

/** `wanted` is the plan: path to text, null where a file goes. */
export function decideChanges(
  wanted: ReadonlyMap<string, string | null>,
  facts: BranchFacts,
): ChangeDecision {
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
 * A commit that came after the audit had read the branch is unknown to the plan and wins. An earlier one the plan knows:
 * for an account file it has taken the person's version over, or says why that cannot stand.
 */
function isPersonsChange(
  path: string,
  wanted: ReadonlyMap<string, string | null>,
  { touchedByPeople, touchedSinceAudit, isAccountFile }: BranchFacts,
): boolean {
  if (touchedSinceAudit.has(path)) return true;
  return touchedByPeople.has(path) && !(wanted.has(path) && isAccountFile(path));
}

/** The blob that stands on the branch now; null where there is no such file. */
function findBranchBlob(path: string, { changed, base }: BranchFacts): string | null {
  return changed.has(path) ? (changed.get(path) ?? null) : (base.get(path) ?? null);
}

function isSame(text: string | null, blob: string | null): boolean {
  return text === null ? blob === null : computeBlobId(text) === blob;
}
