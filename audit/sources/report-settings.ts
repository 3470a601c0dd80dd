// Whether the tenant conceals names in its reports. concealment.ts acts on it.
import { isFields, requireBoolean, requireFields } from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { AuditReader } from './reader.ts';

/**
 * displayConcealedNames; null where it cannot be read: without ReportSettings.Read.All, or outside the global cloud, where
 * only beta has it, without guarantee. The reports themselves then show it.
 */
export async function readConcealedNames(reader: AuditReader): Promise<boolean | null> {
  const where = 'GET /admin/reportSettings';
  try {
    const settings = requireFields(await reader.readReportSettings(), where);
    // Documented both bare and inside `value` (microsoft-graph-docs-contrib, adminreportsettings-get.md, beta).
    return requireBoolean(isFields(settings.value) ? settings.value : settings, 'displayConcealedNames', where);
  } catch (error) {
    if (error instanceof RequestFailed && notToBeRead.has(error.status)) return null;
    throw error;
  }
}

const notToBeRead: ReadonlySet<number | null> = new Set([400, 403, 404, 501]);
