// `dormant doctor`: runs every check, side by side, and answers for each of them, whatever happens to the others.
import { DormantError } from '../../policy/errors.ts';
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

export async function diagnose(scene: DoctorContext, checks: readonly Check[]): Promise<Diagnosis> {
  const findings = (await Promise.all(checks.map((check) => examine(check, scene)))).flat();
  const counts = { pass: 0, warn: 0, fail: 0, skip: 0 };
  for (const { status } of findings) counts[status]++;
  return { stack: scene.stack, identity: scene.identity, findings, counts };
}

/** 1 when anything failed; warnings and skipped checks are for people. */
export function computeExitCode({ counts }: Diagnosis): 0 | 1 {
  return counts.fail > 0 ? 1 : 0;
}

async function examine(check: Check, scene: DoctorContext): Promise<NamedFinding[]> {
  const findings = await runCheck(check, scene).catch((error: unknown) => toBrokenFinding(error));
  return [findings].flat().map(({ about, status, says, fix }) => ({
    name: about === undefined ? check.name : `${check.name} ${about}`,
    status,
    says,
    mend: fix,
  }));
}

async function runCheck(
  { needs, run: look }: Check,
  scene: DoctorContext,
): Promise<Finding | readonly Finding[]> {
  if (needs === 'sign-in' && !scene.signIn.ok) return skip('nobody is signed in');
  if (needs === 'github' && !scene.github.ok)
    return skip(scene.github.why, 'GITHUB_TOKEN="$(gh auth token)" dormant doctor …');
  return look(scene);
}

function toBrokenFinding(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof DormantError ? error.remedy : '';
  return fail(`could not be checked: ${message}`, remedy || 'run it again; if it stays, report it');
}
