// The Pulumi CLI, which only the applies need: on a new machine it is downloaded, or compiled for minutes. That begins with the story,
// in a process of its own, so that the audit is read meanwhile.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createProgressPrinter } from '../cli/print-progress.ts';
import type { ErrorCode } from '../policy/error-codes.ts';
import { DormantError, type ErrorContext } from '../policy/errors.ts';

export interface Installation {
  /** Something has to be downloaded or compiled, and is not yet. */
  isUnderWay(): boolean;
  /** Resolves when the CLI is there, and prints meanwhile how far it is. Throws why it could not be installed. */
  finish(): Promise<void>;
}

/** From install-meanwhile.ts: a sentence about the progress, and at the end what went wrong; null: nothing. */
export type Message = { sentence: string } | { failure: Failure | null };

/** What a channel between processes can carry of an error. `defect`: the stack of what is no `DormantError`. */
export type Failure =
  | ({ code: ErrorCode; message: string } & Omit<ErrorContext, 'cause'>)
  | { defect: string; code?: undefined };

/**
 * Begins at once. It does not keep this process from ending, and ends with it. `announce` is called when there is something to download
 * or to compile.
 */
export function startInstallation(announce: () => void): Installation {
  // At the head of a process group: it ends all that it has started (install-meanwhile.ts).
  const child = fork(join(import.meta.dirname, 'install-meanwhile.ts'), { detached: true });
  child.unref();
  child.channel?.unref();
  /** The last sentence of each step, by what comes before its colon. */
  const steps = new Map<string, string>();
  const follow = (listen: (sentence: string) => void) =>
    child.on('message', (message: Message) => {
      if ('sentence' in message) listen(message.sentence);
    });
  follow((sentence) => {
    if (steps.size === 0) announce();
    steps.set(sentence.split(':', 1).join(), sentence);
  });
  let hasEnded = false;
  const ended = readEnd(child).finally(() => {
    hasEnded = true;
  });
  return {
    isUnderWay: () => !hasEnded && steps.size > 0,
    finish: async () => {
      if (!hasEnded) {
        const print = createProgressPrinter(process.stdout);
        for (const sentence of steps.values()) print(sentence);
        follow(print);
      }
      const failure = await ended;
      if (failure !== null) throw createError(failure);
    },
  };
}

async function readEnd(child: ChildProcess): Promise<Failure | null> {
  return new Promise((resolve) => {
    child.on('message', (message: Message) => {
      if ('failure' in message) resolve(message.failure);
    });
    child.once('exit', (exitCode, signal) => {
      resolve({
        code: 'pulumi-cli-missing',
        message: `The process that installs the Pulumi CLI has ended (${signal ?? exitCode}) before it was done.`,
        remedy: 'Run npm run pulumi-cli, which says why, and then the same command again.',
      });
    });
  });
}

function createError(failure: Failure): Error {
  if (failure.code === undefined) return Object.assign(new Error(failure.defect), { stack: failure.defect });
  const { code, message, ...context } = failure;
  return new DormantError(code, message, context);
}
