import { expect, test } from 'vitest';
import type { AccountKind } from '../policy/evidence.ts';
import { parseAccountKind } from './account-kind.ts';

const ana = { userPrincipalName: 'ana@contoso.com', displayName: 'Ana Reyes', userType: 'Member' };

test.each<[string, Record<string, unknown>, AccountKind]>([
  ['a member', {}, 'person'],
  ['an account from before 2014', { userType: null }, 'person'],
  ['an account of which Graph leaves the type out', { userType: undefined }, 'person'],
  ['a guest', { userType: 'Guest', creationType: 'Invitation' }, 'person'],
  ['a member by cross-tenant synchronisation', { userPrincipalName: 'a_f.com#EXT#@c.com' }, 'external'],
  ['the same in lower case', { userPrincipalName: 'a_f.com#ext#@c.com' }, 'external'],
  ['a guest who was made a member', { creationType: 'Invitation' }, 'external'],
  ['the same in another case', { creationType: 'invitation', userType: 'member' }, 'external'],
  ['one who came by an invitation before 2014', { creationType: 'Invitation', userType: null }, 'external'],
  ['a guest by a sign-up link who was made a member', { creationType: 'SelfServiceSignUp' }, 'external'],
  ['a colleague who signed up by mail', { creationType: 'EmailVerified' }, 'person'],
  ['a local account', { creationType: 'LocalAccount' }, 'person'],
  ['an agent user by its type', { '@odata.type': '#microsoft.graph.agentUser' }, 'agent'],
  ['an agent user by its parent', { identityParentId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' }, 'agent'],
  ['a user who says so', { '@odata.type': '#microsoft.graph.user', identityParentId: null }, 'person'],
  ['Entra Connect', { userPrincipalName: 'Sync_DC01_5f2c9e1b7a44@c.onmicrosoft.com' }, 'synchronisation'],
  ['cloud sync', { userPrincipalName: 'ADToAADSyncServiceAccount@c.onmicrosoft.com' }, 'synchronisation'],
  ['a connector’s account', { userPrincipalName: 'MSOL_5f2c9e1b7a44@contoso.com' }, 'synchronisation'],
  ['a renamed one', { displayName: 'On-Premises Directory Synchronization Service Account' }, 'synchronisation'],
  ['somebody called Sync', { userPrincipalName: 'synclair@contoso.com' }, 'person'],
])('%s', (_, change, kind) => {
  expect(parseAccountKind({ ...ana, ...change }, 'user ana')).toBe(kind);
});
