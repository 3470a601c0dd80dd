import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

const quiet = { inactiveDays: 150 } as const;
const active = Array.from({ length: 16 }, (_, at) => ({ kind: `active${at}`, displayName: `Active ${at}` }));

function aTenantOf(people: readonly PersonInput[], options: Parameters<typeof anAuditedTenant>[0] = {}) {
  return anAuditedTenant({ users: 0, people: [...people, ...active], ...options });
}

test('where the cloud does not know agent users the listing goes on without them', async () => {
  const { audit, find } = await aTenantOf([{ kind: 'ana', ...quiet }], { switches: { agentUsers: false } });
  const audited = await audit();
  expect(find(audited, 'ana')?.judgement.action).toBe('disable-then-remove-licenses');
  // Ana, the sixteen, and the colleague of every such tenant.
  expect(audited.counts.accounts).toBe(18);
});

test('the share of the tenant counts accounts without a userType, too', async () => {
  const { audit } = await aTenantOf([
    { kind: 'old', userType: null },
    { kind: 'gus', userType: 'Guest' },
  ]);
  expect((await audit()).counts).toMatchObject({ enabledMembers: 18, guests: 1, externalMembers: 0 });
});

test('titles near the top of the reporting line that no rule names are listed', async () => {
  const { audit } = await aTenantOf([
    { kind: 'boss', jobTitle: 'Chief Executive Officer', manager: null },
    { kind: 'lead', jobTitle: 'Head of Treasury', manager: 'boss', userPrincipalName: 'lead@contoso.com' },
    { kind: 'cfo', jobTitle: 'CFO', manager: 'boss' },
    { kind: 'clerk', jobTitle: 'Clerk', manager: 'lead' },
    { kind: 'host', jobTitle: 'Hotelier', manager: null, userPrincipalName: 'host@contoso.com' },
    { kind: 'waiter', jobTitle: 'Waiter', manager: 'host' },
    { kind: 'hermit', jobTitle: 'Hermit', manager: null },
  ]);
  expect((await audit()).unnamedTitles).toEqual([
    { title: 'Hotelier', because: 'no-manager', accounts: 1, examples: ['host@contoso.com'] },
    {
      title: 'Head of Treasury',
      because: 'reports-to-executive',
      accounts: 1,
      examples: ['lead@contoso.com'],
    },
  ]);
});

test('anyone who has no manager where most people have one is near the top, also with nobody below', async () => {
  const team = Array.from({ length: 20 }, (_, at) => ({
    kind: `team${at}`,
    displayName: `Team ${at}`,
    jobTitle: 'Waiter',
    manager: 'host',
  }));
  const { audit } = await anAuditedTenant({
    users: 0,
    people: [
      { kind: 'host', jobTitle: 'Hotelier', manager: null, userPrincipalName: 'host@contoso.com' },
      { kind: 'elder', jobTitle: 'Grand Warden', manager: null, userPrincipalName: 'elder@contoso.com' },
      { kind: 'nobody', jobTitle: null, manager: null },
      ...team,
    ],
  });
  expect((await audit()).unnamedTitles.map(({ title }) => title)).toEqual([
    'Account Executive', // Cole Egg, the colleague of every such tenant.
    'Grand Warden',
    'Hotelier',
  ]);
});
