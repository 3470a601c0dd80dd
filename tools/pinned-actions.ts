// Finds actions that a workflow uses without a full commit SHA and the version beside it. Pure.

/** A path in this repository needs no pin. */
export function findUnpinnedActions(workflow: string): string[] {
  const uses = [...workflow.matchAll(/^\s*(?:- )?uses:\s*(.+)$/gm)].map(([, value = '']) => value.trim());
  return uses.filter((value) => !value.startsWith('./') && !pinnedPattern.test(value));
}

const pinnedPattern = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
