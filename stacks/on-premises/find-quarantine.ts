// The quarantine as the tenant has it: everything with its name, no matter who made it and whether the state knows it or not.
import { type Fields, findText, isFields, requireFields, requireList, requireText } from '../../graph/json-fields.ts';
import { listAll } from '../../graph/pages.ts';
import { quoteText } from '../../graph/quote-text.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { Transport } from '../../graph/transport.ts';
import { foldId, type IdKey, type UserPrincipalName } from '../../policy/identifiers.ts';

interface FoundGroup {
  id: string;
  members: readonly FoundMember[];
}

interface FoundMember {
  id: IdKey;
  /** null: not readable, or not a person. */
  displayName: string | null;
  userPrincipalName: UserPrincipalName | null;
}

export interface FoundPolicy {
  id: string;
  state: string;
  /** Ids of the groups that it applies to. */
  groups: readonly string[];
}

export interface FoundQuarantine {
  groups: readonly FoundGroup[];
  policies: readonly FoundPolicy[];
}

export interface QuarantineFinder {
  /** By exact name; with `knownId`, also the one of this id, whatever its name is now. */
  findGroups(displayName: string, knownId: string | null): Promise<FoundGroup[]>;
  findPolicies(displayName: string, knownId: string | null): Promise<FoundPolicy[]>;
}

const source = 'quarantine';
const policiesPath = '/identity/conditionalAccess/policies';

export function createQuarantineFinder(graph: Transport): QuarantineFinder {
  return {
    async findGroups(displayName, knownId) {
      const ids = await findIds(graph, '/groups', { displayName, knownId });
      return Promise.all(ids.map(async (id) => ({ id, members: await readMembers(graph, id) })));
    },
    async findPolicies(displayName, knownId) {
      const ids = await findIds(graph, policiesPath, { displayName, knownId });
      const found = await Promise.all(ids.map((id) => readIfThere(graph, `${policiesPath}/${id}`)));
      return found.filter((policy) => policy !== null).map(parsePolicy);
    },
  };
}

async function findIds(
  graph: Transport,
  collection: string,
  { displayName, knownId }: { displayName: string; knownId: string | null },
): Promise<string[]> {
  const path = `${collection}?$filter=${encodeURIComponent(`displayName eq ${quoteText(displayName)}`)}`;
  const where = `GET ${collection}`;
  const named = (await listAll(graph, { source, path })).map((entry) => requireFields(entry, where));
  const ids = named
    // Graph ignores case.
    .filter((entry) => findText(entry, 'displayName', where) === displayName)
    .map((entry) => requireText(entry, 'id', where));
  if (knownId === null || ids.includes(knownId)) return ids;
  return (await readIfThere(graph, `${collection}/${knownId}`)) === null ? ids : [knownId, ...ids];
}

async function readIfThere(graph: Transport, path: string): Promise<Fields | null> {
  try {
    const { body } = await graph.send({ source, path });
    return requireFields(body, `GET ${path}`);
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 404) return null;
    throw error;
  }
}

async function readMembers(graph: Transport, id: string): Promise<FoundMember[]> {
  const path = `/groups/${id}/members?$select=id,displayName,userPrincipalName&$top=999`;
  const where = `GET /groups/${id}/members`;
  const entries = await listAll(graph, { source, path, units: 3 });
  return entries.map((entry) => {
    const fields = requireFields(entry, where);
    return {
      id: foldId(requireText(fields, 'id', where)),
      displayName: findText(fields, 'displayName', where),
      userPrincipalName: findText(fields, 'userPrincipalName', where),
    };
  });
}

function parsePolicy(policy: Fields): FoundPolicy {
  const where = `GET ${policiesPath}`;
  const { conditions } = policy;
  const users = isFields(conditions) && isFields(conditions.users) ? conditions.users : {};
  const groups = users.includeGroups ? requireList(users, 'includeGroups', where) : [];
  return {
    id: requireText(policy, 'id', where),
    state: requireText(policy, 'state', where),
    groups: groups.map(String),
  };
}
