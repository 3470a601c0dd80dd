// A key for records keeps its name and its use, and is never taken off: records of the past are verified with it. Pure.
import type { Problem } from '../errors.ts';
import { listForbiddenRecordKeyChanges, listRecordKeyFaults } from '../records/record-keys.ts';
import { buildProblem, type JudgedInput } from './input.ts';

export function checkRecordKeys({ tenant, main }: JudgedInput): Problem[] {
  const keys = tenant.value.records?.keys ?? [];
  const faults = [...listForbiddenRecordKeyChanges(main.recordKeys, keys), ...listRecordKeyFaults(keys)];
  return faults.map((message) => buildProblem(tenant, ['records'], 'record-keys', message));
}
