// Whose members the apply can change: those of the groups that the policy names, and of no other.
import type { Check } from '../check.ts';
import { examineLicenseGroups } from '../license-groups.ts';

export const licenseGroups: Check = {
  name: 'members of groups',
  needs: 'sign-in',
  run(context) {
    const { groups = [], groupRights = 'scoped' } = context.files.policy.value.licenses ?? {};
    return examineLicenseGroups({ groups, rights: groupRights }, context);
  },
};
