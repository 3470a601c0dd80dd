// Accounts that have a file but were not in the listing: deleted and restorable, gone for good, or only left out.
import type { BatchAnswer } from '../graph/batch.ts';
import { findDay, isFields } from '../graph/json-fields.ts';
import { DormantError } from '../policy/errors.ts';
import type { IdKey } from '../policy/identifiers.ts';
import type { Absence } from '../policy/plan/input.ts';
import type { AccountSorter } from './judge-accounts.ts';
import type { AuditReader } from './sources/reader.ts';

/** By id. A gap in the listing proves nothing, so each account is read by itself. */
export async function readAbsences(
  reader: AuditReader,
  sorter: AccountSorter,
  ids: ReadonlySet<IdKey>,
): Promise<Map<IdKey, Absence>> {
  const { managed } = sorter.getSorted();
  const missing = [...ids].filter((id) => !managed.has(id));
  const buildPaths = (collection: string, select: string) =>
    missing.map((id) => `/${collection}/${encodeURIComponent(id)}?$select=${select}`);
  const deleted = await reader.getMany('deleted accounts', buildPaths('directory/deletedItems', 'id,deletedDateTime'));
  const living = await reader.getMany('deleted accounts', buildPaths('users', 'id'));
  return new Map(missing.map((id, at) => [id, toAbsence(deleted[at], living[at])]));
}

function toAbsence(deleted: BatchAnswer | undefined, living: BatchAnswer | undefined): Absence {
  if (living?.status !== 404) return { kind: living?.status === 200 ? 'not-listed' : 'unknown' };
  if (deleted?.status === 404) return { kind: 'gone' };
  const on = deleted?.status === 200 ? parseDeletionDay(deleted.body) : null;
  return on === null ? { kind: 'unknown' } : { kind: 'deleted', on };
}

function parseDeletionDay(body: unknown): string | null {
  try {
    return isFields(body) ? findDay(body, 'deletedDateTime', 'GET /directory/deletedItems') : null;
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}
