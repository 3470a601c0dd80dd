// Why look.json, which a look leaves for adoption, has each of its fields.
import type { LookFile } from '../../../cli/look/look-file.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';

const examples = {
  userPrincipalName: 'A few accounts, so that who adopts sees whom the built-in words recognise.',
  because: 'What they were recognised by.',
} as const;

export const lookFile = {
  ...sayNothing(
    'formatVersion',
    'lookedOn',
    'tenantId',
    'cloud',
    'displayName',
    'domains',
    'timeZone',
    'reportNames',
    'signIns',
  ),
  by: 'Who looked, by their own sign-in.',
  executives: { accounts: null, examples },
  unnamedTitles: {
    title: 'A title near the top that no rule knows. One that one person has is that person.',
    accounts: null,
  },
  serviceAccounts: { accounts: null, examples },
  emergencyAccounts: { accounts: null, examples },
  groups: sayNothing('id', 'name', 'accounts', 'inactive', 'skuPartNumbers'),
} as const satisfies ReasonsFor<LookFile>;
