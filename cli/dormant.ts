#!/usr/bin/env node
// The command line. Thin: each command calls one function of audit/, policy/ or stacks/.
import { enableCompileCache } from 'node:module';
import { getExitCode, printFailure } from './failure.ts';
import { commandNames } from './manual.ts';
import { createProgram } from './program.ts';
import { describeVersion } from './version.ts';

enableCompileCache();
// The reader of the output may stop early, as `head` does; the command itself goes on to its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const argv = process.argv.slice(2);
try {
  const namedCommands = commandNames.filter((name) => argv.includes(name));
  const isCompletion = argv[0] === 'completion' || argv[0] === 'complete';
  const isHelp = namedCommands.length === 0 && argv.some((word) => ['-h', '--help', 'help'].includes(word));
  const isVersion = namedCommands.length === 0 && argv.some((word) => ['-V', '--version'].includes(word));
  const program = await createProgram(
    isHelp ? commandNames : namedCommands,
    ...(isVersion ? [await describeVersion()] : []),
  );
  if (namedCommands.length > 0 && !isCompletion)
    await (await import('./look/settle-looks.ts')).settleLooks(process, argv);
  if (isHelp || isCompletion) await (await import('./completion.ts')).addCompletion(program);
  await program.parseAsync();
} catch (error) {
  printFailure(error, { json: argv.includes('--json') });
  process.exitCode = getExitCode(error);
}
