// `npm run bench`: every benchmark, one after the other, at sizes that take minutes.
import { execa } from 'execa';

const benches = [
  ['audit.ts', '--users', '20000', '--sample', '500', '--cli-microsoft365'],
  ['report.ts'],
  ['tenants.ts', '--weeks', '4'],
  ['signing.ts', '--files', '5000'],
  ['records.ts'],
  ['apply.ts', '--accounts', '500,5000', '--changed', '500'],
] as const;

for (const [script, ...options] of benches) {
  process.stdout.write(`\n${script} ${options.join(' ')}\n`);
  const path = new URL(script, import.meta.url).pathname;
  await execa(process.execPath, [path, ...options], { stdout: 'inherit', stderr: 'inherit' });
}
