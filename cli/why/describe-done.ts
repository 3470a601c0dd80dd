// What was done to the account, each step with its time and Microsoft's request id, by the records on this machine.
import { formatDay } from '../../policy/words/labels.ts';
import type { PageLine } from './page-line.ts';
import type { RecordedStep } from './read-record.ts';
import { showName } from './show-name.ts';
import type { Standing } from './standing.ts';

/** A page shows the latest; `--json` has all. */
const mostSteps = 8;

export function describeDone({ record: { steps, lastApply, isHere }, givesBack, today }: Standing): PageLine[] {
  const shown = steps.slice(-mostSteps);
  const left = steps.length - shown.length;
  const isElsewhere = steps.length === 0 && givesBack.length > 0;
  const here = isHere ? 'the records on this machine have nothing of them' : 'no record of an apply is on this machine';
  return [
    ...(left > 0 ? [`… and ${left} earlier, which --json lists`] : []),
    ...shown.map(describeStep),
    ...(lastApply?.open ?? []).map(
      (text) => `the apply of ${formatDay(lastApply?.appliedOn ?? '', today)} ${showName(text, 400)}`,
    ),
    ...(isElsewhere ? [`${here}; each run keeps its own as an artifact`] : []),
  ];
}

/** What an auditor asks Microsoft for is on one line: time in UTC, step, request id. */
function describeStep({ at, what, outcome, requestId, item, because }: RecordedStep): PageLine {
  const step = `${at.slice(0, 19).replace('T', ' ')}Z ${showName(what, 80)}`;
  if (outcome === 'unknown') return `${step}: asked for, and no answer is known`;
  if (outcome === 'failed') return `${step}: failed, ${showName(because ?? '', 300)}`;
  return { whole: `${step} ${showName(requestId ?? '')}${item === null ? '' : ` item ${showName(item)}`}` };
}
