// Whether the tenant conceals names in its reports. What the audit does about it is in concealment.ts.
import { RequestFailed } from '../../graph/failure.ts';
import { booleanOf, fieldsOf } from '../../graph/fields.ts';
import type { TenantReader } from './reader.ts';

/**
 * displayConcealedNames; null where nobody can say: outside of the global cloud the setting has no API, and without
 * ReportSettings.Read.All it cannot be read. The reports themselves then tell.
 */
export async function readConcealedNames(reader: TenantReader): Promise<boolean | null> {
  if (!reader.hasReportSettings) return null;
  const where = 'GET /admin/reportSettings';
  try {
    const body = await reader.get({ source: 'report settings', path: '/admin/reportSettings' });
    return booleanOf(fieldsOf(body, where), 'displayConcealedNames', where);
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 403) return null;
    throw error;
  }
}
