// What a check of `dormant doctor` is: a name, what it needs, and a finding with the one step that fixes it.
import type { DoctorContext } from './context.ts';

const statuses = ['pass', 'warn', 'fail', 'skip'] as const;
export type Status = (typeof statuses)[number];

export interface Finding {
  status: Status;
  /** The subject, such as the name of an app role, if one check has several findings. */
  about?: string;
  /** What was found, as a sentence. */
  says: string;
  /** The command that fixes it, or the step if there is no command; null if there is nothing to do. */
  fix: string | null;
}

export interface Check {
  name: string;
  /** Without it the check is skipped. */
  needs: 'sign-in' | 'github' | null;
  /** Only reads. An error that it throws counts as a failure. */
  run(context: DoctorContext): Promise<Finding | readonly Finding[]>;
}

export function pass(says: string): Finding {
  return { status: 'pass', says, fix: null };
}

export function warn(says: string, fix: string): Finding {
  return { status: 'warn', says, fix };
}

export function fail(says: string, fix: string): Finding {
  return { status: 'fail', says, fix };
}

export function skip(says: string, fix: string | null = null): Finding {
  return { status: 'skip', says, fix };
}
