// `npm run check:scorecard`: OpenSSF Scorecard's checks of a folder, over what git has or would take of this repository.
// No network once it is installed, and no token. CI runs it every night: see the scorecard in linters.ts for what the first run costs.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { getExitCode, printFailure } from '../cli/failure.ts';
import { DormantError } from '../policy/errors.ts';
import { ensureLinter, scorecard } from './linters.ts';
import { floors, judgeScores, parseScores } from './scorecard/judge-scores.ts';

async function checkScorecard(): Promise<void> {
  const program = await ensureLinter(scorecard, (sentence) => process.stderr.write(`${sentence}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'scorecard-'));
  try {
    await copyFilesOfGit(folder);
    const names = Object.keys(floors);
    const args = [`--local=${folder}`, `--checks=${names.join(',')}`, '--format=json', '--show-details'];
    // A check that ends in an error makes it fail, and has the score -1.
    const { stdout } = await execa(program, args, { stderr: 'inherit', reject: false });
    const problems = judgeScores(parseScores(stdout));
    for (const problem of problems) console.error(problem);
    if (problems.length > 0)
      throw new DormantError('scorecard', 'Scorecard found this repository below its floors.', {
        remedy: 'Fix what it names above, or give the reason for a lower floor in tools/scorecard/judge-scores.ts.',
      });
    console.log(`Scorecard: ${names.length} checks, none below its floor.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scorecard reads every file of a folder, also those that git ignores, such as the programs below node_modules. */
async function copyFilesOfGit(to: string): Promise<void> {
  const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const paths = stdout.split('\0').filter((path) => path !== '' && existsSync(path));
  for (const path of paths) await cp(path, join(to, path));
}

try {
  await checkScorecard();
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
