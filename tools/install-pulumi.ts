// `npm run pulumi-cli`: installs the Pulumi CLI now, so that no later command has to wait for it.
import { getExitCode, printFailure } from '../cli/failure.ts';
import { ensurePulumi } from './pulumi-cli.ts';

try {
  const { command, version } = await ensurePulumi();
  console.log(`Pulumi ${version}: ${command}`);
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
