import type { EmulatorOptions } from '@dormant-m365/emulator';
import { IDENTITY_ROLES } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { DesiredState, RestorableGroup } from '../../policy/schemas/account.ts';
import {
  anInactive,
  aTenantToApplyTo,
  delicensed,
  disabled,
  type TenantToApplyTo,
} from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';
import { countWrites } from './count-writes.fixture.ts';

// Killed after any of its writes, an apply leaves nothing that the next one does not finish, and loses nothing on the way.

interface Story {
  options: Omit<EmulatorOptions, 'people'>;
  licenses: Parameters<typeof anInactive>[0]['licenses'];
  mailbox?: Parameters<typeof anInactive>[0]['mailbox'];
  groups?: readonly string[];
  /** What happened before; gives back the change that is killed. */
  before(tenant: TenantToApplyTo): Promise<AccountChange>;
}

const everybody = {
  dynamicGroups: [
    {
      displayName: 'Everybody',
      membershipRule: 'user.accountEnabled -eq true',
      licenses: ['SPE_E3' as const],
    },
  ],
  switches: { membershipRules: 'shown' as const },
};
const byRule = { sku: 'SPE_E3' as const, group: 'Everybody' };

const { exchangeCmdlets } = listGrantedRights('apply', 'exchange');

/** Two groups, of which the second gives a product that a person may have directly, too. */
const givers: Pick<Story, 'options' | 'groups' | 'licenses'> = {
  options: {
    groups: [
      { displayName: 'Office', licenses: ['SPE_E3', 'VISIOCLIENT'] },
      { displayName: 'Tools', licenses: ['POWER_BI_PRO'] },
    ],
    identities: {
      apply: {
        appRoles: [...IDENTITY_ROLES.apply, 'GroupMember.ReadWrite.All', 'Directory.Read.All'],
        exchangeCmdlets,
      },
    },
  },
  groups: ['Office', 'Tools'],
  licenses: [],
};
/** A run that is killed right after its write has seen nothing of what it does. */
const lateGivers = { ...givers, options: { ...givers.options, switches: { groupLicenseSeconds: 0.4 } } };

const leaveAll = { ...delicensed, groups: [] };

const stories: Record<string, Story> = {
  'out of two groups': { ...givers, before: async (tenant) => groupChange(tenant, leaveAll) },
  'out of two groups, one of whose products is direct, too': {
    ...givers,
    licenses: ['POWER_BI_PRO', 'PROJECTPROFESSIONAL'],
    before: async (tenant) => groupChange(tenant, leaveAll),
  },
  'out of one group, where a reviewer keeps the other': {
    ...givers,
    before: async (tenant) =>
      groupChange(tenant, {
        ...delicensed,
        licenses: ['POWER_BI_PRO'],
        groups: listGroups(tenant).slice(1).map(getId),
      }),
  },
  'out of groups whose licences go late': { ...lateGivers, before: async (tenant) => groupChange(tenant, leaveAll) },
  'back into two groups': { ...givers, before: (tenant) => takenByGroups(tenant) },
  'back into two groups, one of whose products is direct, too': {
    ...givers,
    licenses: ['POWER_BI_PRO'],
    before: (tenant) => takenByGroups(tenant),
  },
  'back into groups whose licences come late': { ...lateGivers, before: (tenant) => takenByGroups(tenant) },

  'shared, then blocked, then without the rest of its licences': {
    options: everybody,
    licenses: [byRule, 'VISIOCLIENT', 'POWER_BI_PRO'],
    before: async ({ change }) => change('kim', { ...disabled, licenses: ['SPE_E3'] }),
  },
  'given back where the licence comes with sign-in': {
    options: everybody,
    licenses: [byRule, 'VISIOCLIENT'],
    before: (tenant) => takenBefore(tenant, { ...disabled, licenses: ['SPE_E3'] }, tenant.change('kim').from),
  },
  'a mailbox that flipped back is licensed and shared': {
    options: {},
    licenses: ['SPE_E3', 'VISIOCLIENT'],
    mailbox: { flipBackAfterDays: 21 },
    async before(tenant) {
      const change = await takenBefore(tenant, delicensed, { ...disabled, licenses: ['SPE_E3'] });
      tenant.emulator.tenant.clock.advance({ days: 22 });
      return change;
    },
  },
  'one by one, with one that stays refused and one that another needs': {
    options: { switches: { refusedLicenses: { VISIOCLIENT: 'No.' } } },
    licenses: ['SPE_E3', 'MCOEV', 'VISIOCLIENT', 'POWER_BI_PRO'],
    before: async ({ change }) => change('kim', { ...disabled, licenses: ['MCOEV'] }),
  },
};

test.each(Object.entries(stories))('%s', async (_, story) => {
  const clean = await begin(story);
  const writes = countWrites(clean.context(later));
  expect(await clean.apply(clean.planned, { shared: writes.context })).toMatchObject({ failure: null });
  const wanted = settled(clean);
  expect(writes.count()).toBeGreaterThanOrEqual(2);
  for (let write = 1; write <= writes.count(); write += 1) {
    const tenant = await begin(story);
    const { context } = countWrites(tenant.context(later), write);
    await expect(tenant.apply(tenant.planned, { shared: context })).rejects.toThrow('killed');
    // As `prepareState` notes it.
    const wroteAt = tenant.emulator.tenant.clock.now();
    const next = {
      ...tenant.planned,
      attempted: tenant.planned.to,
      wroteAt: new Date(wroteAt).toISOString(),
    };
    const now = () => new Date(tenant.emulator.tenant.clock.now());
    const outcome = await tenant.apply(next, { ...later, now });
    expect({ write, refused: outcome.refused, failure: outcome.failure }).toEqual({
      write,
      refused: [],
      failure: null,
    });
    expect({ write, ...settled(tenant) }).toEqual({ write, ...wanted });
  }
});

const later = {
  guard: {
    today: '2026-12-29',
    policy: aPolicy({ licenses: { groups: [{ name: 'Office' }, { name: 'Tools' }] } }),
  },
};

function listGroups({ emulator }: TenantToApplyTo): RestorableGroup[] {
  return [...emulator.tenant.directory.groups.values()]
    .filter(({ properties }) => ['Office', 'Tools'].includes(properties.displayName))
    .map(({ id, properties: { displayName } }) => ({ id, displayName }));
}

function getId({ id }: RestorableGroup): string {
  return id;
}

function groupChange(tenant: TenantToApplyTo, to: Partial<DesiredState>, more: Partial<AccountChange> = {}) {
  const first = tenant.change('kim');
  return tenant.change('kim', to, { restore: { ...first.restore, groups: listGroups(tenant) }, ...more });
}

async function takenByGroups(tenant: TenantToApplyTo): Promise<AccountChange> {
  const { reached } = await tenant.apply(groupChange(tenant, leaveAll), later);
  const change = groupChange(tenant, {}, { from: reached });
  return { ...change, to: { accountEnabled: true, mailbox: 'unchanged', licenses: change.to.licenses } };
}

async function begin({ options, licenses, mailbox, groups, before }: Story) {
  const kim = anInactive({
    kind: 'kim',
    ...(licenses ? { licenses } : {}),
    ...(mailbox ? { mailbox } : {}),
    ...(groups ? { groups } : {}),
  });
  const tenant = await aTenantToApplyTo([kim], options);
  const planned = await before(tenant);
  const evidence = { auditedOn: '2026-12-29', lastActivity: { signIn: null } };
  return { ...tenant, planned: { ...planned, evidence } };
}

async function takenBefore(
  { change, apply }: TenantToApplyTo,
  first: Partial<DesiredState>,
  then: Partial<DesiredState>,
): Promise<AccountChange> {
  const { reached } = await apply(change('kim', first));
  return change('kim', then, { from: reached });
}

/** The account, and what it has lost after two more months. */
function settled({ emulator }: TenantToApplyTo) {
  emulator.tenant.clock.advance({ days: 60 });
  const { accountEnabled, licenses, mailbox, groups } = emulator.getState('kim');
  return {
    accountEnabled,
    licenses: licenses.map(({ skuPartNumber, assignedByGroup }) => `${skuPartNumber} ${assignedByGroup}`).toSorted(),
    groups: groups.toSorted(),
    type: mailbox?.type,
    losses: mailbox?.losses,
  };
}
