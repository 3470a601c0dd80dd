// `npm run check:workflows`: actionlint and zizmor (as an auditor) over .github, each exception
// with its reason in the file, and that every action is pinned.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { getExitCode, printFailure } from '../cli/failure.ts';
import { DormantError } from '../policy/errors.ts';
import { actionlint, ensureLinter, zizmor } from './linters.ts';
import { findUnpinnedActions } from './pinned-actions.ts';

const folder = '.github/workflows';
/** Of the workflows that a team's repository has, the one that is not ours, too. */
const template = 'cli/new-repository/templates/ci.yml';
const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

async function checkWorkflows(): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort();
  const files = [...names.map((name) => join(folder, name)), template];
  for (const path of files) {
    const [first] = findUnpinnedActions(await readFile(path, 'utf8'));
    if (first === undefined) continue;
    throw new DormantError('unpinned', `${path} uses ${first}.`, {
      remedy: 'Pin it by its full commit SHA, with the version beside it as a comment.',
    });
  }
  await runLinter(await ensureLinter(actionlint, say), ['-shellcheck=', '-pyflakes=', ...files]);
  // Offline, because a check must not depend on GitHub, which five of its audits ask.
  await runLinter(await ensureLinter(zizmor, say), [
    '--offline',
    '--persona=auditor',
    '--no-progress',
    '--quiet',
    '.github',
    template,
  ]);
  console.log(`${files.length} workflows: actionlint and zizmor found no problems.`);
}

async function runLinter(program: string, args: readonly string[]): Promise<void> {
  const { exitCode } = await execa(program, args, { stdio: 'inherit', reject: false });
  if (exitCode !== 0)
    throw new DormantError('workflows', `${program} found problems in .github.`, {
      remedy: 'Fix what it names above.',
    });
}

try {
  await checkWorkflows();
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
