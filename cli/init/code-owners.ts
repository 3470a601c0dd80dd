// Who must approve changes to a stack: one marked block in CODEOWNERS. Text outside of the marks is not touched. Pure.

interface Owners {
  reviewers: readonly string[];
  admins: readonly string[];
  /** May approve that somebody is given back, beside the reviewers. */
  giveBackOwners?: readonly string[];
}

/** Replaces this stack's block, or appends it: the last line that matches a path wins. */
export function updateCodeOwners(text: string, stack: string, owners: Owners): string {
  const block = buildBlock(stack, owners);
  const [begin, end] = buildMarks(stack);
  const lines = text.split('\n');
  const first = lines.indexOf(begin);
  const last = lines.indexOf(end, first);
  if (first >= 0 && last > first) return [...lines.slice(0, first), ...block, ...lines.slice(last + 1)].join('\n');
  const before = text === '' || text.endsWith('\n\n') ? text : `${text.trimEnd()}\n\n`;
  return `${before}${block.join('\n')}\n`;
}

/** The reviewers own give-back/, too: the next proposal takes its files away, and should need nobody else for it. */
function buildBlock(stack: string, { reviewers, admins, giveBackOwners = [] }: Owners): string[] {
  const [begin, end] = buildMarks(stack);
  const folder = `/stacks/${stack}/`;
  return [
    begin,
    `${folder} ${reviewers.join(' ')}`,
    `${folder}tenant.yaml ${admins.join(' ')}`,
    `${folder}give-back/ ${[...new Set([...giveBackOwners, ...reviewers])].join(' ')}`,
    end,
  ];
}

function buildMarks(stack: string): [string, string] {
  return [`# >>> ${stack}: written by \`dormant init\`, edit outside of these two marks`, `# <<< ${stack}`];
}
