// Asks the new tenant whether its usage reports conceal names, so that tenant.yaml says it: the journal of an audit that is to put
// that back is lost with its machine.
import { createAuditReader } from '../../audit/sources/reader.ts';
import { readConcealedNames } from '../../audit/sources/report-settings.ts';
import { connect } from '../../graph/connect.ts';
import { interactiveRetryPolicy } from '../../graph/retry.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';

/** null: nobody is signed in, or they may not read it. */
export type ReportNamesFound = NonNullable<Tenant['reportNames']> | null;

export async function findReportNames(tenant: Tenant, env = process.env): Promise<ReportNamesFound> {
  try {
    const connection = connect(tenant, 'audit', { env, retryPolicy: interactiveRetryPolicy });
    const isConcealed = await readConcealedNames(createAuditReader(connection, interactiveRetryPolicy));
    return isConcealed === null ? null : isConcealed ? 'concealed' : 'shown';
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

/** What to tell the person at the terminal about it; null: nothing. */
export function describeReportNames(found: ReportNamesFound, path: string): string | null {
  if (found !== null) return null;
  return `It could not be read whether usage reports conceal names: ${path} says \`reportNames: concealed\`, so every audit ends that way. If they are to show names, write \`shown\`.`;
}
