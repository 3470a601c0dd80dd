// Ctrl-C and SIGTERM as an AbortSignal, so that an audit unwinds and puts back what it changed instead of dying.
import { DormantError } from '../../policy/errors.ts';

interface Interruption {
  signal: AbortSignal;
  /** Stops listening; a second Ctrl-C always ends the process at once. */
  release(): void;
}

/** Aborted by SIGINT or SIGTERM; its reason is a DormantError that names the cause. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (name: string) =>
    controller.abort(
      new DormantError('interrupted', `Interrupted by ${name}; nothing was written.`, {
        remedy: 'Start again.',
      }),
    );
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    release() {
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
    },
  };
}
