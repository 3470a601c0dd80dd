// What this pipeline took of what an account is matched by: who was reviewed for a licence does not become somebody else because
// it is gone. Pure.
import type { FormerBelonging } from '../evidence.ts';
import { listLeftGroups } from '../files/memberships.ts';
import type { AccountFile, DesiredState } from '../schemas/account.ts';

interface Reviewed extends Pick<AccountFile, 'restore'> {
  evidence: Pick<AccountFile['evidence'], 'population'>;
  /** Dynamic groups take their licences back with the block. */
  losesWithBlock: boolean;
}

/** `states`: what this pipeline has made of it, or may have; null: nothing that matters. */
export function findFormerBelonging(
  { restore, losesWithBlock, evidence }: Reviewed,
  states: readonly DesiredState[],
): FormerBelonging | null {
  const hasTakenLicense = ({ licenses, accountEnabled }: DesiredState) =>
    restore.licenses.some(({ skuPartNumber }) => !licenses.includes(skuPartNumber)) ||
    (!accountEnabled && losesWithBlock);
  const licenses = states.some(hasTakenLicense);
  const groups = states.some((state) => listLeftGroups(state, restore).length > 0);
  return licenses || groups ? { population: evidence.population ?? null, licenses, groups } : null;
}
