// The diagnosis as a table for people: one line a finding, and below it the fix.
import { pc } from '../colors.ts';
import type { Status } from './check.ts';
import type { Diagnosis, NamedFinding } from './doctor.ts';

export function renderTable({ stack, identity, findings, counts }: Diagnosis): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return [
    `${pc.bold(stack)}, as the ${identity} identity`,
    '',
    ...findings.flatMap((finding) => renderLines(finding, width)),
    '',
    `${counts.pass} passed, ${counts.warn} warnings, ${counts.fail} failed, ${counts.skip} skipped`,
  ].join('\n');
}

const paint: Record<Status, (text: string) => string> = {
  pass: pc.green,
  warn: pc.yellow,
  fail: pc.red,
  skip: pc.dim,
};

function renderLines({ name, status, says, mend }: NamedFinding, width: number): string[] {
  const line = `${paint[status](status)}  ${name.padEnd(width)}  ${says}`;
  return mend === null ? [line] : [line, `${' '.repeat(width + 8)}${pc.dim('→')} ${mend}`];
}
