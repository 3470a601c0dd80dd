// Whether the tenant conceals names in its reports. What the audit does about it is in concealment.ts.

import { isFields, requireBoolean, requireFields } from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { AuditReader } from './reader.ts';

/**
 * displayConcealedNames; null where nobody can say: the settings cannot be read without ReportSettings.Read.All, and outside of the
 * global cloud only beta has them, which promises nothing. The reports themselves then tell.
 */
export async function readConcealedNames(reader: AuditReader): Promise<boolean | null> {
  const where = 'GET /admin/reportSettings';
  try {
    const settings = requireFields(await reader.readReportSettings(), where);
    // The pages show it bare and inside of `value` (microsoft-graph-docs-contrib, adminreportsettings-get.md, beta).
    return requireBoolean(
      isFields(settings.value) ? settings.value : settings,
      'displayConcealedNames',
      where,
    );
  } catch (error) {
    if (error instanceof RequestFailed && notToBeRead.has(error.status)) return null;
    throw error;
  }
}

const notToBeRead: ReadonlySet<number | null> = new Set([400, 403, 404, 501]);
