// What the groups are called that hand out licences. Asked for once per group, 20 in a round trip.
import type { BatchAnswer } from '../../graph/batch.ts';
import { isFields } from '../../graph/fields.ts';
import type { TenantReader } from './reader.ts';

export interface GroupNames {
  /** Makes the names of these groups known. */
  learn(ids: Iterable<string>): Promise<void>;
  /** null: the group is gone, the audit may not read it, or its answer says nothing. */
  nameOf(id: string): string | null;
}

export function groupNames(reader: TenantReader): GroupNames {
  const names = new Map<string, string | null>();
  return {
    async learn(ids) {
      const unknown = [...new Set(ids)].filter((id) => !names.has(id));
      if (unknown.length === 0) return;
      const paths = unknown.map((id) => `/groups/${encodeURIComponent(id)}?$select=id,displayName`);
      const answers = await reader.many('group names', paths);
      for (const [at, id] of unknown.entries()) names.set(id, nameIn(answers[at]));
    },
    nameOf: (id) => names.get(id) ?? null,
  };
}

/** A name is for the reader only, so an odd one is none. */
function nameIn(answer: BatchAnswer | undefined): string | null {
  const name = answer?.status === 200 && isFields(answer.body) ? answer.body.displayName : null;
  return typeof name === 'string' && name !== '' ? name : null;
}
