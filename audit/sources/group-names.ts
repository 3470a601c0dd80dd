// What the groups are called that hand out licences. Asked for once per group, 20 in a round trip.
import { fieldsOf, textOrNull } from '../../graph/fields.ts';
import type { TenantReader } from './reader.ts';

export interface GroupNames {
  /** Makes the names of these groups known. */
  learn(ids: Iterable<string>): Promise<void>;
  /** null: the group is gone, or the audit may not read it. */
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
      for (const [at, id] of unknown.entries()) {
        const answer = answers[at];
        const fields = answer?.status === 200 ? fieldsOf(answer.body, `GET /groups/${id}`) : null;
        names.set(id, fields && textOrNull(fields, 'displayName', `GET /groups/${id}`));
      }
    },
    nameOf: (id) => names.get(id) ?? null,
  };
}
