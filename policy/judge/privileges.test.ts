import { expect, test } from 'vitest';
import type { PrivilegeAccess, RoleHolding } from '../evidence.ts';
import { aPolicy } from '../policy.fixture.ts';
import { describePrivilege, listPrivilegeGaps } from './privileges.ts';

const role = { roleName: 'User Administrator', viaGroup: null } as const;

test.each<[RoleHolding, string]>([
  [{ ...role, kind: 'active' }, 'User Administrator (active)'],
  [{ ...role, kind: 'eligible', viaGroup: 'Ops' }, 'User Administrator (eligible, through group Ops)'],
  [
    { ...role, kind: 'active', scope: { unit: 'Board', isRestricted: true } },
    'User Administrator (active, over the restricted management unit Board)',
  ],
  [
    { ...role, kind: 'active', scope: { unit: 'North', isRestricted: false } },
    'User Administrator (active, over the administrative unit North)',
  ],
  [{ kind: 'group-member', group: 'Ops' }, 'member of the role-assignable group Ops'],
  [{ kind: 'group-owner', group: 'Ops' }, 'owner of the privileged group Ops'],
  [{ kind: 'eligible-group-member', group: 'Ops' }, 'eligible member of the group Ops (PIM for Groups)'],
  [{ kind: 'eligible-group-owner', group: 'Ops' }, 'eligible owner of the group Ops (PIM for Groups)'],
  [{ kind: 'restricted-unit', unit: 'Board' }, 'in the restricted management unit Board'],
  [{ kind: 'restricted-unit', unit: null }, 'in a restricted management unit'],
])('%j is "%s"', (holding, words) => {
  expect(describePrivilege(holding)).toBe(words);
});

const allRead: PrivilegeAccess = {
  roleEligibility: 'read',
  groupEligibility: 'read',
  restrictedUnits: 'read',
};
const gapsOf = (access: Partial<PrivilegeAccess>, privileged?: object) =>
  listPrivilegeGaps({ ...allRead, ...access }, aPolicy({ risk: privileged === undefined ? {} : { privileged } })).map(
    ({ source, isRequired }) => `${source}: ${isRequired ? 'required' : 'optional'}`,
  );

test.each<[string, Partial<PrivilegeAccess>, object | undefined, string[]]>([
  ['all that is read', {}, undefined, []],
  ['what there is no licence for', { roleEligibility: 'unlicensed', groupEligibility: 'unlicensed' }, undefined, []],
  [
    'what may not be read, in a policy that says nothing of it',
    { roleEligibility: 'unavailable', groupEligibility: 'unavailable', restrictedUnits: 'unavailable' },
    undefined,
    ['roleEligibility: required', 'groupEligibility: required', 'restrictedUnits: optional'],
  ],
  [
    'what the policy makes optional',
    { roleEligibility: 'unavailable', groupEligibility: 'unavailable' },
    { roleEligibility: 'optional', groupEligibility: 'optional' },
    ['roleEligibility: optional', 'groupEligibility: optional'],
  ],
  [
    'what the policy makes required',
    { restrictedUnits: 'unavailable' },
    { restrictedUnits: 'required' },
    ['restrictedUnits: required'],
  ],
])('%s', (_, access, privileged, gaps) => {
  expect(gapsOf(access, privileged)).toEqual(gaps);
});
