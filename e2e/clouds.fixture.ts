// For tests of the clouds.
import { addDays } from '../policy/evidence.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';

export const threeWeeksLater = addDays(today, 21);

/** The steps before it are of the weeks between. */
export function auditLater(file: AccountFile): AccountFile {
  return { ...file, evidence: { ...file.evidence, auditedOn: threeWeeksLater } };
}
