// Shows the progress of slow work: one line that is rewritten on a terminal, a line every 15 seconds in a log.
import type { ReportProgress } from '../stacks/engine/pulumi-cli/pulumi-build.ts';

/** On a terminal each sentence replaces the last one; a log gets at most one every `logEveryMs`. */
export function createProgressPrinter(stream: NodeJS.WriteStream, logEveryMs = 15_000): ReportProgress {
  let printedAt: number | undefined;
  return (sentence) => {
    if (stream.isTTY) {
      const overTheLast = printedAt === undefined ? '' : '\u001b[1A\r\u001b[2K';
      stream.write(`${overTheLast}${sentence.slice(0, stream.columns - 1)}\n`);
    } else if (printedAt === undefined || performance.now() - printedAt >= logEveryMs) {
      stream.write(`${sentence}\n`);
    } else return;
    printedAt = performance.now();
  };
}
