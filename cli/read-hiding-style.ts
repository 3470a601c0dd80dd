// How people are called in what a run tells GitHub, also where it ends before it has read its files.
import { createGit } from '../forge/git/git.ts';
import { InvalidInput } from '../policy/errors.ts';
import { parsePolicy } from '../policy/files/policy-file.ts';
import { policyPath } from '../policy/files/stack-files.ts';
import { findHidingStyle, type HidingStyle } from '../policy/words/show-name.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';

/** By policy.yaml of the checkout, or of `ref`. null: names are shown. One that is broken elsewhere still counts. */
export async function readHidingStyle(repo: string, ref?: string): Promise<HidingStyle | null> {
  const text =
    ref === undefined
      ? await openWorkingTree(repo).read(policyPath)
      : await createGit(repo).runOrNull(['show', `${ref}:${policyPath}`]);
  return text === null ? null : findStyleInText(text);
}

function findStyleInText(text: string): HidingStyle | null {
  try {
    return findHidingStyle(parsePolicy(policyPath, text).value);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [, style] = /\bnames:\s*["']?(initials|id-only)\b/.exec(text) ?? [];
    return style === 'initials' || style === 'id-only' ? style : null;
  }
}
