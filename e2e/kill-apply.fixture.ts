// For tests of killed applies: runs one as a separate process and kills its process tree while a request of it is held.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultRule } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { expect } from 'vitest';
import type { Day } from '../policy/evidence.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { killProcessTree } from './kill-process-tree.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

/** Everything that an apply sends besides plain reads; Get-Mailbox has the same path as Set-Mailbox, so it is included. */
const steps = {
  query: '^$',
  path: '/users/[^/]+(/revokeSignInSessions|/assignLicense|/sendMail)?$|/members/(.+/)?\\$ref$|/InvokeCommand$',
  identity: 'apply',
};

const beyondLastStep = 1_000_000;

/** How many steps an apply of everything merged sends. */
export async function countSteps({
  emulator: { faults },
  apply,
}: Pick<MergedRepository, 'emulator'> & { apply(): Promise<unknown> }): Promise<number> {
  faults.add({ ...steps, kind: 'slow', nth: beyondLastStep });
  await apply();
  return faults.list()[0]?.matched ?? 0;
}

/** Carries out the step; while its answer is held, all processes of the apply are killed. */
export function killAtStep(repository: MergedRepository, step: number, on: Day = today): Promise<void> {
  return killAt(repository, { ...steps, afterwards: true, nth: step }, on);
}

/** The same for any request; `on`: the day of the apply. */
export async function killAt(
  { emulator, environment, folder }: MergedRepository,
  request: Omit<FaultRule, 'kind' | 'count'>,
  on: Day = today,
): Promise<void> {
  const id = emulator.faults.add({ ...request, kind: 'hold', count: 1 });
  const apply = execa(process.execPath, [dormant, 'apply', stack, '--repo', folder, '--today', on], {
    env: { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
  const end = apply.then(({ all, stderr }) => `${all ?? ''}${stderr}`);
  const waitUntilHeld = async () => {
    while (emulator.faults.list().every((fault) => fault.held === 0)) await pause(20);
    return null;
  };
  expect(await Promise.race([waitUntilHeld(), end])).toBeNull();
  await killProcessTree(apply.pid);
  await end;
  emulator.faults.remove(id);
}

/** The parts of an account that an apply may have taken. */
export function getAccountParts({ emulator }: MergedRepository, kind: string) {
  const { accountEnabled, licenses, mailbox } = emulator.getState(kind);
  return {
    accountEnabled,
    licenses: licenses.map(({ skuPartNumber }) => skuPartNumber),
    type: mailbox?.type,
  };
}

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
