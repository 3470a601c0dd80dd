// `npm run pulumi-cli`: installs the Pulumi CLI now, so that no later command has to wait for it.
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { getExitCode, printFailure } from './failure.ts';
import { createProgressPrinter } from './print-progress.ts';

try {
  const { command, version } = await ensurePulumi({ say: createProgressPrinter(process.stderr) });
  console.log(`Pulumi ${version}: ${command}`);
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
