// Sentences in the lines of a terminal.
import { Help } from 'commander';

/** Of a terminal that nobody has widened. */
const columns = 80;

/** At most 80 columns, or those of a narrower terminal; the lines after the first are indented by `hang`. What is to be copied stays out. */
export function wrapWords(text: string, { hang = 0, width = process.stdout.columns ?? columns } = {}): string {
  const lines = new Help().boxWrap(text, Math.min(columns, width) - hang);
  return lines.replaceAll('\n', `\n${' '.repeat(hang)}`);
}
