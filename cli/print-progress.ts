// Shows the progress of slow work: one line that is rewritten on a terminal, a line every 15 seconds in a log.
import type { ReportProgress } from '../stacks/engine/pulumi-cli/pulumi-build.ts';

/**
 * On a terminal each sentence replaces the last one of the same step; a log gets at most one every `logEveryMs`. What comes before
 * a colon is the step: a new one is never left out.
 */
export function createProgressPrinter(stream: NodeJS.WriteStream, logEveryMs = 15_000): ReportProgress {
  let printedAt = 0;
  let step = '';
  return (sentence) => {
    const [now = ''] = sentence.split(':', 1);
    const isNew = now !== step;
    if (stream.isTTY) {
      const overTheLast = isNew ? '' : '\u001b[1A\r\u001b[2K';
      stream.write(`${overTheLast}${isNew ? sentence : sentence.slice(0, stream.columns - 1)}\n`);
    } else if (isNew || performance.now() - printedAt >= logEveryMs) {
      stream.write(`${sentence}\n`);
    } else return;
    printedAt = performance.now();
    step = now;
  };
}
