// What an Entra role lets an identity do that it must not. Pure.
import { licenseGroupRoles } from '../../bootstrap/license-group-roles.ts';
import type { EntraRole } from './directory-rights.ts';

/** A sentence; null: nothing that a guarantee forbids. */
export function describeDanger({ roleId, actions }: Pick<EntraRole, 'roleId' | 'actions'>): string | null {
  const known = dangerous.get(roleId);
  if (known !== undefined) return known;
  return dangers.find(({ action }) => actions.some((each) => action.test(each)))?.says ?? null;
}

const deletesPeople = 'It deletes people.';
const grantsRights = 'It can give this identity any other right.';

/** By their actions, as Graph lists them: permissions-reference.md of entra-docs. */
const dangers = [
  { action: /^microsoft\.directory\/users\/(delete|allProperties\/allTasks|allTasks)$/, says: deletesPeople },
  { action: /^microsoft\.directory\/deletedItems(\.users)?\/(delete|allTasks)$/, says: deletesPeople },
  {
    action: /^microsoft\.directory\/groups(AssignableToRoles|\.[\w.]+)?\/(delete|allProperties\/allTasks|allTasks)$/,
    says: 'It deletes groups.',
  },
  {
    action:
      /^microsoft\.directory\/(roleAssignments|roleDefinitions)\/(create|update|allProperties\/(update|allTasks))$/,
    says: grantsRights,
  },
  {
    action:
      /^microsoft\.directory\/(applications|servicePrincipals)\/(credentials\/update|allProperties\/(update|allTasks))$/,
    says: grantsRights,
  },
  {
    // Who puts a group into the unit, or becomes its owner, may change its members.
    action:
      /^microsoft\.directory\/(administrativeUnits\/members|groups(\.[\w.]+)?\/owners|administrativeUnits\/allProperties)\/(update|allTasks)$/,
    says: grantsRights,
  },
] as const;

/** Built-in roles, with Microsoft's template ids, also where their actions cannot be read. */
const dangerous: ReadonlyMap<string, string> = new Map([
  ['62e90394-69f5-4237-9190-012177145e10', `${deletesPeople} ${grantsRights}`], // Global Administrator
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', grantsRights], // Privileged Role Administrator
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', deletesPeople], // User Administrator
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', 'It deletes groups.'], // Groups Administrator
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', grantsRights], // Application Administrator
  ['158c047a-c907-4556-b7ef-446551a6b5f7', grantsRights], // Cloud Application Administrator
  // By Remove-Mailbox, which no action of the directory shows.
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', deletesPeople], // Exchange Administrator
]);

/** Whether the role changes who is in a group of any kind. */
export function changesGroupMembers({ roleId, actions }: Pick<EntraRole, 'roleId' | 'actions'>): boolean {
  return widestRoles.has(roleId) || actions.some((action) => changesMembers.test(action));
}

const changesMembers =
  /^microsoft\.directory\/groups(AssignableToRoles|\.[\w.]+)?\/(members\/update|allProperties\/(update|allTasks)|allTasks)$/;

const widestRoles: ReadonlySet<string> = new Set([
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
  'fdd7a751-b60b-444a-984c-02652fe8fa1c', // Groups Administrator
]);

/** Whether it does exactly what a role of the bootstrap does. */
export function isOfBootstrap({ actions, scope }: Pick<EntraRole, 'actions' | 'scope'>): boolean {
  return Object.values(licenseGroupRoles).some(
    (role) =>
      (role.scope === 'unit') === (scope !== '/') && [...role.actions].sort().join() === [...actions].sort().join(),
  );
}
