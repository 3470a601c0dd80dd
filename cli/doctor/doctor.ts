// `dormant doctor`: runs all checks in parallel; one that breaks does not stop the others.
import { DormantError } from '../../policy/errors.ts';
import { nameProgram } from '../installed-folder.ts';
import { type Check, type Finding, fail, type Status, skip } from './check.ts';
import type { DoctorContext } from './context.ts';

export interface NamedFinding {
  name: string;
  status: Status;
  says: string;
  mend: string | null;
}

export interface Diagnosis {
  stack: string;
  identity: string;
  findings: readonly NamedFinding[];
  counts: Record<Status, number>;
}

export async function diagnose(context: DoctorContext, checks: readonly Check[]): Promise<Diagnosis> {
  const findings = (await Promise.all(checks.map((check) => examine(check, context)))).flat();
  const counts = { pass: 0, warn: 0, fail: 0, skip: 0 };
  for (const { status } of findings) counts[status]++;
  return { stack: context.stack, identity: context.identity, findings, counts };
}

/** 1 if a check failed; warnings and skipped checks do not count. */
export function computeExitCode({ counts }: Diagnosis): 0 | 1 {
  return counts.fail > 0 ? 1 : 0;
}

async function examine(check: Check, context: DoctorContext): Promise<NamedFinding[]> {
  const findings = await runCheck(check, context).catch((error: unknown) => toBrokenFinding(error));
  return [findings].flat().map(({ about, status, says, fix }) => ({
    name: about === undefined ? check.name : `${check.name} ${about}`,
    status,
    says,
    mend: fix,
  }));
}

async function runCheck({ needs, run }: Check, context: DoctorContext): Promise<Finding | readonly Finding[]> {
  if (needs === 'sign-in' && !context.signIn.ok) return skip('nobody is signed in');
  if (needs === 'github' && !context.github.ok)
    return skip(context.github.why, `GITHUB_TOKEN="$(gh auth token)" ${nameProgram()} doctor …`);
  return run(context);
}

function toBrokenFinding(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof DormantError ? error.remedy : '';
  return fail(`could not be checked: ${message}`, remedy || 'run it again; if it fails again, report it');
}
