// `npm run check`: everything that CI checks besides the tests. All parts run, even after one has failed.
import { execa } from 'execa';
import { pc } from '../cli/colors.ts';

const parts: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['lint and format', 'biome', 'ci', '--error-on-warnings', '.'],
  ['schemas in step', 'node', 'tools/schemas.ts', '--check'],
  ['reference in step', 'node', 'tools/reference.ts', '--check'],
  ['names', 'node', 'tools/check-names.ts'],
  [
    'layers',
    'depcruise',
    '--output-type',
    'err',
    'audit',
    'bench',
    'bootstrap',
    'cli',
    'demo',
    'e2e',
    'emulator',
    'forge',
    'graph',
    'policy',
    'stacks',
    'tools',
  ],
  ['report script', 'tsc', '-p', 'audit/report/html/browser'],
  ['unused code', 'knip'],
  ['workflows', 'node', 'tools/check-workflows.ts'],
];

for (const [name, command, ...args] of parts) {
  const { exitCode, all } = await execa(command, args, {
    reject: false,
    all: true,
    preferLocal: true,
    stdin: 'ignore',
  });
  console.log(`${exitCode === 0 ? pc.green('ok  ') : pc.red('FAIL')} ${name}`);
  if (exitCode !== 0) {
    console.log(all);
    process.exitCode = 1;
  }
}
