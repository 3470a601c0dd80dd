// Rows for the person who has signed in: the account itself, and the groups, roles and units that it belongs to.
import type { Person } from '../../tenant/person.ts';
import { type CallFacts, everyOption } from '../calls/call.ts';
import { createUserWriter } from '../user-json.ts';
import { listParentIds } from './group-resources.ts';
import { defineRelationship, numberIds } from './object-resource.ts';
import type { Resource } from './resource.ts';
import { createPersonReader, requireReadable } from './user-resources.ts';

/** "User.Read … allows the app to read the profile, and discover relationships … of the signed-in user only" (user-get.md). */
const readSelf = ['User.Read', 'User.ReadWrite', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'] as const;

const me: Resource<Person> = {
  path: '/me',
  typeName: 'user',
  context: 'users',
  isSingle: true,
  get: {
    permissions: [],
    delegated: { permissions: readSelf, people: 'everybody' },
    units: 1,
    page: 'user-get.md',
    query: ['$select'],
    alsoFor: { signInActivity: 'AuditLog.Read.All' },
  },
  require: requireReadable,
  listFrom: () => [],
  find: ({ site, id }) => site.tenant.people.find(id),
  createWriter: ({ site, query }) => createUserWriter(site.tenant, { select: query.select }),
  createReader: createPersonReader,
};

const buildParentFacts = (page: string): CallFacts => ({
  permissions: [],
  delegated: {
    permissions: ['User.Read', 'User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
    people: 'everybody',
  },
  units: 2,
  page,
  query: everyOption,
});

const parents = (
  [
    ['/me/memberOf', 'user-list-memberof.md'],
    ['/me/transitiveMemberOf', 'user-list-transitivememberof.md'],
  ] as const
).map(([path, page]) =>
  defineRelationship({
    path,
    list: buildParentFacts(page),
    idsFrom: (view, start) => numberIds(listParentIds(view, view.id, path.endsWith('/transitiveMemberOf')), start),
  }),
);

export const meResources = [me, ...parents] as const;
