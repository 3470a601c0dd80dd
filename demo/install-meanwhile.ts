// Installs the Pulumi CLI while the story is told. Started by installation.ts, which it tells how far it is and how it ended; it
// ends with the story, however that ends.
import { constants, setPriority } from 'node:os';
import { DormantError } from '../policy/errors.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import type { Failure, Message } from './installation.ts';

/** For Go and tar to clear their temporary files away. */
const endMs = 2_000;

// Go's compilers inherit it: they have the processor when the audit does not want it.
setPriority(constants.priority.PRIORITY_LOW);
// The channel closes when the story has ended, be it by Ctrl-C, a kill or a failure. All that was started here is in one process
// group, of which this process is the head.
process.once('disconnect', endGroup);

let failure: Failure | null = null;
try {
  await ensurePulumi({ env: process.env, say: (sentence) => tell({ sentence }) });
} catch (error) {
  failure = describeFailure(error);
}
tell({ failure }, () => process.exit());

function tell(message: Message, told: () => void = () => {}): void {
  if (process.connected) process.send?.(message, told);
}

function endGroup(): void {
  process.on('SIGINT', () => {});
  process.kill(-process.pid, 'SIGINT');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), endMs);
}

function describeFailure(error: unknown): Failure {
  if (error instanceof DormantError) {
    const { code, message, where, remedy, exitCode } = error;
    return { code, message, where, remedy, exitCode };
  }
  return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
