// What a tenant is made of: products, roles, named kinds of people, and the parts that people are drawn from.
export { buildAccountState } from './account-state.ts';
export { buildRhythm, findLastDay } from './activity.ts';
export { type AppRole, IDENTITY_ROLES } from './app-roles.ts';
export type { OneDrive } from './belongings.ts';
export { changeGroup, type GroupInput, removeGroup } from './group-input.ts';
export { addGroup } from './groups.ts';
export { belongings } from './kinds/belongings.ts';
export { getKindInput, type Kind, kinds } from './kinds/catalogue.ts';
export { holds } from './kinds/holds.ts';
export { hostile } from './kinds/hostile.ts';
export { notPeople } from './kinds/not-people.ts';
export { organisation } from './kinds/organisation.ts';
export { DYNAMIC_LICENSE_GROUPS } from './license-groups.ts';
export { NO_SIGN_IN_FORMS, type Person } from './person.ts';
export type { PrivilegeInput } from './person-input.ts';
export { createSeededRandom } from './seeded-random.ts';
export { PLANS } from './service-plans.ts';
export { SKUS } from './skus.ts';
