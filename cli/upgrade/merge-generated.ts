// What an upgrade does to a file that Dormant generates, and a team may have changed: decided as git decides. Pure.

/** Texts of one file; null: it is not there. */
export interface Versions {
  /** As the version before generates it. */
  base: string | null;
  /** As the team has it. */
  ours: string | null;
  /** As the new version generates it. */
  theirs: string | null;
}

export type FileOutcome =
  /** As it is: nothing is new in it, or the new version writes just that. */
  | { kind: 'unchanged' }
  | { kind: 'added' | 'updated' | 'merged'; text: string }
  | { kind: 'removed' }
  /** Left as the team has it: a person has to look. */
  | { kind: 'left'; because: string };

/** `merge`: three-way; null where both sides change the same lines. */
export async function mergeGenerated(
  { base, ours, theirs }: Versions,
  merge: (texts: { base: string; ours: string; theirs: string }) => Promise<string | null>,
): Promise<FileOutcome> {
  if (ours === theirs || base === theirs) return { kind: 'unchanged' };
  if (ours === base) return replace(ours, theirs);
  if (ours === null) return { kind: 'left', because: 'you have removed it, and it changes in the new version' };
  if (theirs === null) return { kind: 'left', because: 'you have changed it, and the new version does without it' };
  if (base === null) return { kind: 'left', because: 'you have a file of that name, and the new version brings one' };
  const text = await merge({ base, ours, theirs });
  if (text !== null) return { kind: 'merged', text };
  return { kind: 'left', because: 'you and the new version have changed the same lines' };
}

function replace(before: string | null, after: string | null): FileOutcome {
  if (after === null) return { kind: 'removed' };
  return { kind: before === null ? 'added' : 'updated', text: after };
}
