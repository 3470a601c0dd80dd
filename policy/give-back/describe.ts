// What the files of give-back/ come to, in sentences for an apply, a preview and an audit. Pure.
import { formatProblem } from '../errors.ts';
import type { LoadedGiveBacks } from '../files/give-back-file.ts';
import type { JudgedGiveBack } from './judge-give-backs.ts';

/** Of those that give nothing back today, with the way out. */
export function describeIdleGiveBacks(
  giveBacks: readonly JudgedGiveBack[],
  { problems }: Pick<LoadedGiveBacks, 'problems'>,
): string[] {
  return [
    ...giveBacks.flatMap((judged) => describeIdle(judged) ?? []),
    ...problems.map(
      (problem) => `A file of give-back/ cannot be read and gives nothing back: ${formatProblem(problem)}`,
    ),
  ];
}

function describeIdle({ file, effect }: JudgedGiveBack): string | null {
  switch (effect.kind) {
    case 'in-effect':
      return null;
    case 'none':
      return `${file.path} gives nothing back: ${effect.because}. The next audit proposes to take it away.`;
    case 'waits':
      return `${file.path} waits: ${describeWait(effect)}.`;
  }
}

/** What to do about it is part of it. */
export function describeWait({ until }: { until: string | null }): string {
  const wayOut = 'more need the owners of the account files: `stage: restore` with a reason in the account’s own file';
  return until === null
    ? `restore.perDay of policy.yaml is 0; ${wayOut}`
    : `restore.perDay of policy.yaml is reached, so it counts from ${until}; ${wayOut}`;
}
