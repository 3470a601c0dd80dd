// `npm run compatibility`: released clients of others, unmodified, against the embedded tenant.
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type Client, clients } from './clients.ts';
import { type ClientRun, readPinnedVersion, runClient } from './run-client.ts';
import { findMissingProgram } from './run-process.ts';
import { renderTable, replaceTable } from './table.ts';

const readme = new URL('../README.md', import.meta.url);
const EXIT = { failed: 1, misused: 2, notRun: 3 } as const;

interface Options {
  readonly list?: true;
  readonly json?: true;
  readonly write?: true;
}

const command = new Command('npm run compatibility --')
  .description(
    'Run released clients of others, unmodified, against the embedded tenant, and hold what they did against its state.',
  )
  .argument('[client...]', 'names of clients; all of them, if none is given')
  .option('--list', 'only say which clients there are, with their versions and what they need')
  .option('--json', 'print the outcomes as JSON')
  .option('--write', 'write the table into emulator/README.md, which needs all clients')
  .addHelpText(
    'after',
    `
Packages come from npm, PyPI, Go’s module proxy, crates.io and Maven Central, into ~/.cache/dormant-emulator.
The exit code is ${EXIT.failed} if a step failed, ${EXIT.misused} for a wrong command, and ${EXIT.notRun} if nothing failed, but a client could not be run here.`,
  )
  .action(run)
  .exitOverride();

async function run(names: readonly string[], { list, json, write }: Options): Promise<void> {
  const unknown = names.find((name) => !clients.some(({ folder }) => folder === name));
  if (unknown !== undefined) command.error(`There is no client ${unknown}; --list names them.`);
  if (write && names.length > 0) command.error('--write needs all clients: name none.');
  const wanted = clients.filter(({ folder }) => names.length === 0 || names.includes(folder));
  if (list) return printList(wanted, json === true);
  const runs: ClientRun[] = [];
  for (const client of wanted) {
    const outcome = await runClient(client, (sentence) => process.stderr.write(`${sentence}\n`));
    process.stderr.write(`${describeRun(outcome)}\n`);
    runs.push(outcome);
  }
  process.stdout.write(`${json ? JSON.stringify(runs, null, 2) : renderTable(runs)}\n`);
  process.exitCode = getExitCode(runs);
  if (!write) return;
  const left = runs.filter(({ notRun }) => notRun !== null).map(({ client }) => client);
  if (left.length === 0) await writeFile(readme, replaceTable(await readFile(readme, 'utf8'), renderTable(runs)));
  else process.stderr.write(`The README stays as it is, because these were not run: ${left.join(', ')}.\n`);
}

function printList(wanted: readonly Client[], asJson: boolean): void {
  const listed = wanted.map((client) => ({
    client: client.folder,
    package: client.package,
    version: readPinnedVersion(client),
    missing: findMissingProgram(client.toolchain.programs),
  }));
  const lines = listed.map(({ client, package: name, version, missing }) => {
    const needs = missing === null ? '' : `, which cannot run here: no ${missing}`;
    return `${client}: ${name} ${version}${needs}`;
  });
  process.stdout.write(`${asJson ? JSON.stringify(listed, null, 2) : lines.join('\n')}\n`);
}

function describeRun({ client, notRun, steps, refused }: ClientRun): string {
  if (notRun !== null) return `${client}: not run here: ${notRun}`;
  const failed = steps.filter(({ outcome }) => outcome === 'failed');
  const counted = steps.filter(({ outcome }) => outcome !== 'absent').length;
  const lines = [
    `${client}: ${counted - failed.length} of ${counted} steps`,
    ...failed.map(({ step, did }) => `  ${step} fails: ${did}`),
    ...(failed.length > 0 ? refused.map((request) => `  refused: ${request}`) : []),
  ];
  return lines.join('\n');
}

function getExitCode(runs: readonly ClientRun[]): number {
  if (runs.some(({ steps }) => steps.some(({ outcome }) => outcome === 'failed'))) return EXIT.failed;
  return runs.some(({ notRun }) => notRun !== null) ? EXIT.notRun : 0;
}

// An exit ends what was started; a signal alone would leave it running.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
try {
  await command.parseAsync();
} catch (error) {
  if (!(error instanceof Error && 'exitCode' in error)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : EXIT.misused;
}
