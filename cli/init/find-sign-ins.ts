// Asks the new tenant whether sign-ins can be read, if someone is signed in; if not, `dormant doctor` asks later.
import { connect } from '../../graph/connect.ts';
import { interactiveRetryPolicy } from '../../graph/retry.ts';
import { askForSignIns } from '../../graph/sign-in-access.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { findReason, type SignInsFound } from './optional-sign-ins.ts';

export async function findSignIns(tenant: Tenant, env = process.env): Promise<SignInsFound> {
  try {
    return await askForSignIns(connect(tenant, 'audit', { env, retryPolicy: interactiveRetryPolicy }).graph);
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

/** What to tell the person at the terminal about it; null: nothing. */
export function describeSignIns(found: SignInsFound, written: readonly string[]): string | null {
  const because = findReason(found);
  if (because !== null)
    return `${because.charAt(0).toUpperCase()}${because.slice(1)}: policy/policy.yaml ${written.includes('policy/policy.yaml') ? 'now says' : 'says'} \`signIns: optional\`, for every stack of this repository: where sign-ins cannot be read, accounts are judged by their services alone.`;
  if (found === 'no-permission')
    return 'The person or application signed in may not read sign-ins, so it is unknown whether the audit may: run `dormant doctor`.';
  return found === null ? 'It could not be checked whether sign-ins can be read: run `dormant doctor`.' : null;
}
