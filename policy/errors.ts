import type { ErrorCode } from './error-codes.ts';

/**
 * Errors are sentences: what is wrong, where, and what to do next.
 * `code` is for callers and tests; the exit code is for scripts: 1 refused or failed, 2 bad input.
 */
export class DormantError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: 1 | 2;
  /** Where it happened: a file position, an account or a URL; empty when the message says it all. */
  readonly where: string;
  /** The next step, as an imperative sentence; empty when there is none to give. */
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, more: ErrorContext = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'DormantError';
    this.code = code;
    this.exitCode = more.exitCode ?? 1;
    this.where = more.where ?? '';
    this.remedy = more.remedy ?? '';
  }
}

export interface ErrorContext {
  exitCode?: 1 | 2;
  where?: string;
  remedy?: string;
  cause?: unknown;
}

/** One thing wrong with one place of an input file; lines and columns start at 1. */
export interface Problem {
  path: string;
  line: number;
  column: number;
  /** A rule's name for tests and filters, such as `schema` or `stage-jump`. */
  code: ErrorCode;
  /** What was found and what is allowed, as one sentence. */
  message: string;
}

/** Bad input: carries every problem of the input, not only the first. Exit code 2. */
export class InvalidInput extends DormantError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('invalid-input', problems.map(formatProblem).join('\n'), { exitCode: 2 });
    this.name = 'InvalidInput';
    this.problems = problems;
  }
}

/** null: what it reads is invalid, which somebody else reports. */
export function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

/** `path:line:column: message`, the form editors and terminals turn into a link. */
export function formatProblem({ path, line, column, message }: Problem): string {
  return `${path}:${line}:${column}: ${message}`;
}
