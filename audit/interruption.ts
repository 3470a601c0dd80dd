// Ctrl-C and SIGTERM as an AbortSignal, so that an audit unwinds and puts back what it changed instead of dying.
import { DormantError } from '../policy/errors.ts';

interface Interruption {
  signal: AbortSignal;
  /** Ends the run from within. */
  stop(reason: unknown): void;
  /** Stops listening; a second Ctrl-C always ends the process at once. */
  release(): void;
}

/** Aborted by SIGINT, SIGTERM or `outer`; its reason is a DormantError that names the cause. */
export function listenForInterruption(outer?: AbortSignal): Interruption {
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
    stop: (reason) => controller.abort(reason),
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    release() {
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
    },
  };
}
