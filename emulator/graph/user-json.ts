// Writes users as JSON: properties are selected once per request, the text is built per person.
import type { Expansion } from '../odata/query.ts';
import { requireProperty } from '../odata/schema.ts';
import { isShown } from '../tenant/people-store.ts';
import type { ChangedPerson, Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { DEFAULT_USER_PROPERTIES, findUserProperty, type UserProperty } from './user-properties.ts';

type UserWriter = (person: Person) => string;

interface UserShape {
  /** null: the default properties. */
  readonly select: readonly string[] | null;
  readonly manager?: Expansion | undefined;
  /** Written as `@odata.type`. */
  readonly type?: '#microsoft.graph.user';
}

/** A writer of the selected properties and of the manager, if it is expanded. */
export function createUserWriter(tenant: Tenant, { select, manager, type }: UserShape): UserWriter {
  const columns = (select ?? DEFAULT_USER_PROPERTIES).map(buildColumn);
  const writeManager = manager ? createManagerWriter(tenant, manager) : null;
  return (person) => {
    const changed = tenant.people.findChanged(person.index);
    const isGone = changed !== undefined && !isShown(changed);
    // One object and one call of JSON.stringify: half the time of a call for each property.
    const shown: Record<string, unknown> = {};
    // A derived type is always written; agent users derive from users (api-reference/v1.0/resources/agentuser.md).
    const derived = person.identityParentId === null ? type : '#microsoft.graph.agentUser';
    if (derived !== undefined) shown['@odata.type'] = derived;
    for (const { name, read } of columns) {
      if (isGone && !deletedUserProperties.has(name)) continue;
      shown[name] = changed ? applyOverride(changed, name, read(person, tenant)) : read(person, tenant);
    }
    const text = JSON.stringify(shown);
    if (!writeManager || changed?.leavesOut.includes('manager') || isGone) return text;
    const written = writeManager(person);
    return `${text.slice(0, -1)}${text === '{}' ? written.slice(1) : written}}`;
  };
}

/** A list filtered by sign-ins includes deleted users, with only these properties (o365soa/Scripts, PR 9). */
const deletedUserProperties: ReadonlySet<string> = new Set(['id', 'signInActivity']);

/** The value of a property after the person's `leavesOut` and `shows`; undefined: it is left out. */
function applyOverride({ leavesOut, shows }: ChangedPerson, name: string, value: unknown): unknown {
  if (leavesOut.includes(name)) return undefined;
  return name in shows ? shows[name] : value;
}

/** Writes the `manager` member (with its comma), or nothing without one; `levels`: how far up. */
function createManagerWriter(tenant: Tenant, { select, levels }: Expansion): (person: Person) => string {
  const next: Expansion | undefined = levels > 1 ? { property: 'manager', select, levels: levels - 1 } : undefined;
  const write = createUserWriter(tenant, { select, manager: next, type: '#microsoft.graph.user' });
  const written = new Map<string, string>(); // one manager has many reports on a page
  return ({ managerId }) => {
    if (managerId === null) return '';
    const known = written.get(managerId);
    if (known !== undefined) return known;
    const manager = tenant.people.find(managerId);
    const text = manager ? `,"manager":${write(manager)}` : '';
    written.set(managerId, text);
    return text;
  };
}

function buildColumn(name: string): { name: string; read: UserProperty } {
  const read = findUserProperty(name);
  if (!read) {
    requireProperty('user', name);
    throw new Error(`The property ${name} is in the schema but cannot be read.`);
  }
  return { name, read };
}
