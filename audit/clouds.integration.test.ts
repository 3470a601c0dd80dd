import type { CloudName, PersonInput, Switches } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { listGrantedRights } from '../bootstrap/granted.ts';
import { describeEvidence } from '../policy/words/describe-account.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

const national = ['usgov', 'usgov-dod', 'china'] as const;
const identities = {
  audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'holds'),
};
const quiet: PersonInput = {
  kind: 'quiet',
  displayName: 'Quinn Quiet',
  inactiveDays: 160,
  licenses: ['SPE_E3'],
};

async function audit(cloud: CloudName, switches: Partial<Switches> = {}, isOptional = false) {
  const tenant = await anAuditedTenant({ cloud, users: 0, people: [quiet], switches });
  const { policy } = tenant.rules;
  const signIns = isOptional ? 'optional' : policy.signIns;
  const rules = { ...tenant.rules, policy: { ...policy, signIns } } as const;
  const audited = await tenant.audit({ rules });
  return {
    ...tenant,
    ...audited,
    found: tenant.find(audited, 'quiet'),
    notes: audited.quality.notes.join('\n'),
  };
}

test.each(national)(
  'in %s an audit finds who is silent, and names are concealed before it and after it',
  async (cloud) => {
    const { emulator, inactive, found } = await audit(cloud);
    expect(inactive).toEqual([found]);
    expect(emulator.tenant.concealment.isSet).toBe(true);
    const paths = emulator.log.listEntries({ identity: 'audit' }).map(({ method, path }) => `${method} ${path}`);
    expect(paths).toContain('PATCH /beta/admin/reportSettings');
    expect(paths.filter((path) => /v1\.0\/(admin|reports)/.test(path))).toEqual([]);
  },
);

test('in the global cloud nothing is asked of beta', async () => {
  const { emulator } = await audit('global');
  expect(emulator.log.listEntries({ identity: 'audit' }).filter(({ path }) => path.startsWith('/beta'))).toEqual([]);
});

test.each(national)('in %s the settings of reports are read bare or inside of `value`', async (cloud) => {
  const { emulator, inactive } = await audit(cloud, { betaReportSettings: 'in-value' });
  expect(inactive).toHaveLength(1);
  expect(emulator.tenant.concealment.isSet).toBe(true);
});

test.each(['usgov', 'usgov-dod'] as const)(
  'in %s every service is seen, and a column of Teams is asked for',
  async (cloud) => {
    expect((await audit(cloud)).notes).not.toContain('has no column');
    await expect(audit(cloud, { reportLacks: ['Teams Last Activity Date'] })).rejects.toMatchObject({
      code: 'bad-report',
    });
  },
);

test('in China nobody is said to have done nothing in Teams, and the reader is told what is not seen', async () => {
  const { found, notes } = await audit('china');
  if (found === undefined) throw new Error('Quinn is silent.');
  expect(describeEvidence(found, '2026-12-07')).toContain('no Exchange, OneDrive or SharePoint activity since');
  expect(notes).toContain('no column for Teams or Yammer: of people who work only there nothing but sign-ins');
});

test.each([
  ['usgov', 'Exchange, OneDrive, SharePoint, Teams and Yammer alone'],
  ['usgov-dod', 'Exchange, OneDrive, SharePoint, Teams and Yammer alone'],
  ['china', 'Exchange, OneDrive and SharePoint alone'],
] as const)(
  'in %s, where nobody’s sign-ins come, the services decide if the policy says so, and which is said',
  async (cloud, services) => {
    for (const switches of [{ signInsShownOf: 'nobody' as const }, { premium: false }]) {
      expect((await audit(cloud, switches)).inactive).toEqual([]);
      const { inactive, notes } = await audit(cloud, switches, true);
      expect(inactive).toHaveLength(1);
      expect(notes).toContain(`judged by ${services}, people who only sign in`);
      expect(notes.includes('people who work only there look silent')).toBe(cloud === 'china');
    }
  },
);

test.each([400, 404] as const)(
  'where a cloud has no settings of reports at all (%d), the reports tell',
  async (missingCalls) => {
    const tenant = await anAuditedTenant({
      cloud: 'usgov',
      users: 0,
      people: [quiet],
      switches: { displayConcealedNames: false },
    });
    tenant.emulator.faults.add({ kind: 'status', status: missingCalls, path: '/beta/admin/reportSettings' });
    expect((await tenant.audit()).inactive).toHaveLength(1);
  },
);

test('in DoD no clock of OneDrives is spoken of', async () => {
  expect((await audit('usgov-dod')).found?.evidence.oneDrive).toEqual({ kind: 'unclocked' });
  expect((await audit('usgov')).found?.evidence.oneDrive.kind).not.toBe('unclocked');
});

test.each(['https://partner.outlook.cn', 'https://outlook.office365.cn'])(
  'in China holds are read from %s where that is Exchange',
  async (exchangeHost) => {
    const tenant = await anAuditedTenant({
      cloud: 'china',
      users: 0,
      people: [quiet],
      identities,
      switches: { exchangeHost },
    });
    const audited = await tenant.audit();
    expect(tenant.find(audited, 'quiet')?.evidence.mailbox.hold).toBe('none');
  },
);

test('in China an Exchange that is found by neither name leaves holds unknown, and ends no audit', async () => {
  for (const otherExchangeHost of ['unknown', 401, 404] as const) {
    const switches = { exchangeHost: 'https://elsewhere.cn', otherExchangeHost };
    const tenant = await anAuditedTenant({ cloud: 'china', users: 0, people: [quiet], identities, switches });
    const { quality, inactive } = await tenant.audit();
    expect(inactive).toHaveLength(1);
    expect(quality.notes.join()).toContain('Holds on mailboxes could not be read');
  }
});
