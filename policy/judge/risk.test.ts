import { expect, test } from 'vitest';
import type { Evidence, Mailbox, RunFacts } from '../evidence.ts';
import { aLicense, anAccount, aPolicy, aRun, idOf } from '../tenant.fixture.ts';
import type { RiskCode } from './judgement.ts';
import { listRisks } from './risk.ts';

function risks(change: Partial<Evidence>, run: Partial<RunFacts> = {}) {
  return listRisks(anAccount(change), aPolicy(), aRun(run));
}

function aMailbox(recipientType: Mailbox['recipientType']): Mailbox {
  return { recipientType, storageUsedBytes: null, hasArchive: null, hold: null };
}

test('an ordinary person has no risk', () => {
  expect(risks({})).toEqual([]);
});

test.each<[string, Partial<Evidence>, RiskCode, string]>([
  [
    'job title',
    { jobTitle: 'Chief Financial Officer' },
    'executive',
    'job title "Chief Financial Officer" matches "chief * officer"',
  ],
  ['job title in capitals', { jobTitle: 'CEO' }, 'executive', 'job title "CEO" matches "ceo"'],
  ['department', { department: 'Executive Office' }, 'executive', 'department "Executive Office" matches "executive*"'],
  [
    'own entry',
    { userPrincipalName: 'Quiet.Owner@Contoso.com' },
    'executive',
    'policy.yaml lists "quiet.owner@contoso.com"',
  ],
])('an executive is known by %s', (_by, change, code, because) => {
  expect(risks(change)).toEqual([{ code, because }]);
});

test.each<[string, Partial<Evidence>, string]>([
  [
    'userPrincipalName',
    { userPrincipalName: 'svc-backup@contoso.com' },
    'userPrincipalName "svc-backup@contoso.com" matches "svc-*"',
  ],
  [
    'userPrincipalName’s end',
    { userPrincipalName: 'crm-svc@contoso.com' },
    'userPrincipalName "crm-svc@contoso.com" matches "*-svc@*"',
  ],
  ['employeeType', { employeeType: 'Service Account' }, 'employeeType "Service Account" matches "service*"'],
  [
    'job title',
    { jobTitle: 'Service account for scans' },
    'job title "Service account for scans" matches "service account*"',
  ],
])('a service account is known by its %s', (_by, change, because) => {
  expect(risks(change)).toEqual([{ code: 'service-account', because }]);
});

test('a shared mailbox, a room and a device are told apart', () => {
  expect(risks({ mailbox: aMailbox('shared') }).map(({ code }) => code)).toEqual(['shared-mailbox']);
  expect(risks({ mailbox: aMailbox('room') })).toEqual([
    { code: 'resource-mailbox', because: 'its mailbox is a room mailbox' },
  ]);
  expect(risks({ mailbox: aMailbox('equipment') })).toEqual([
    { code: 'resource-mailbox', because: 'its mailbox is an equipment mailbox' },
  ]);
});

test.each(['user', 'none', 'unknown'] as const)('a mailbox of kind %s is no risk by itself', (recipientType) => {
  expect(risks({ mailbox: aMailbox(recipientType) })).toEqual([]);
});

test('a Bookings mailbox and one of any other kind are nobody’s own', () => {
  expect(risks({ mailbox: aMailbox('scheduling') })).toEqual([
    { code: 'resource-mailbox', because: 'its mailbox is a Bookings mailbox' },
  ]);
  expect(risks({ mailbox: { ...aMailbox('other'), kind: 'DiscoveryMailbox' } })).toEqual([
    { code: 'resource-mailbox', because: 'its mailbox is nobody’s own (DiscoveryMailbox)' },
  ]);
});

test.each(['PHONESYSTEM_VIRTUALUSER', 'MEETING_ROOM', 'Microsoft_Teams_Rooms_Pro', 'MTR_PREM', 'MCOCAP'])(
  'anyone who holds %s is a machine, also under a policy from before',
  (skuPartNumber) => {
    expect(risks({ licenses: [aLicense('SPE_E3'), aLicense(skuPartNumber)] })).toEqual([
      {
        code: 'service-account',
        because: expect.stringContaining(`licence "${skuPartNumber}" matches "`),
      },
    ]);
  },
);

test('a machine is known by either of its names, and the reason says by which', () => {
  const change = { userPrincipalName: 'b4711@contoso.com', displayName: 'Room Juniper 359' };
  expect(risks(change)).toEqual([
    { code: 'service-account', because: 'displayName "Room Juniper 359" matches "room"' },
  ]);
});

test('a company adds products and departments of machines; without the vocabulary only its own count', () => {
  const { serviceAccounts } = aPolicy().risk;
  const own = { ...serviceAccounts, skuPartNumbers: ['VISIO*'], departments: ['Facilities'] };
  const policy = aPolicy({ risk: { serviceAccounts: own } });
  const visio = anAccount({ licenses: [aLicense('VISIOCLIENT')], department: 'Facilities' });
  expect(listRisks(visio, policy, aRun()).map(({ because }) => because)).toEqual([
    'department "Facilities" matches "Facilities"',
    'licence "VISIOCLIENT" matches "VISIO*"',
  ]);
  const phone = anAccount({
    licenses: [aLicense('MCOCAP')],
    department: 'Microsoft Communication Application Instance',
  });
  expect(listRisks(phone, policy, aRun())).toHaveLength(2);
  const alone = aPolicy({ risk: { vocabulary: 'off', serviceAccounts: own } });
  expect(listRisks(phone, alone, aRun())).toEqual([]);
});

test('a phone resource account is known by its department, and software by what Graph says of it', () => {
  const department = 'Microsoft Communication Application Instance';
  expect(risks({ department }).map(({ code }) => code)).toEqual(['service-account']);
  expect(risks({ accountKind: 'agent' })).toEqual([
    { code: 'service-account', because: 'it is an agent user: software signs in with it' },
  ]);
  expect(risks({ accountKind: 'synchronisation' })).toEqual([
    { code: 'service-account', because: 'directory synchronisation signs in with it' },
  ]);
});

test('a title of the vocabulary protects beside the policy’s own, and can be switched off', () => {
  const jobTitle = 'Joint Geschäftsführerin & Founder';
  expect(risks({ jobTitle })).toEqual([
    { code: 'executive', because: `job title "${jobTitle}" matches "*geschäftsführerin"` },
  ]);
  const off = aPolicy({ risk: { vocabulary: 'off' } });
  expect(listRisks(anAccount({ jobTitle }), off, aRun())).toEqual([]);
});

test('an entry of the policy without a wildcard counts wherever its words stand', () => {
  const { executives } = aPolicy().risk;
  const policy = aPolicy({
    risk: { executives: { ...executives, jobTitles: ['head of treasury', 'fellow*'] } },
  });
  const codes = (jobTitle: string) => listRisks(anAccount({ jobTitle }), policy, aRun()).map(({ code }) => code);
  expect(codes('Deputy Head of Treasury, EMEA')).toEqual(['executive']);
  expect(codes('Subhead of treasury')).toEqual([]);
  expect(codes('Research Fellow')).toEqual([]);
});

test('a mailbox that this pipeline has converted is not a shared mailbox to protect', () => {
  const id = idOf('ana.reyes@contoso.com');
  const mailbox = aMailbox('shared');
  expect(risks({ mailbox }, { convertedMailboxes: new Set([id]) })).toEqual([]);
  expect(risks({ mailbox, id: id.toUpperCase() }, { convertedMailboxes: new Set([id]) })).toEqual([]);
  expect(risks({ mailbox }, { convertedMailboxes: new Set([idOf('somebody else')]) })).toHaveLength(1);
});

test('a mailbox that became a room after this pipeline had converted it is a room', () => {
  const converted = { convertedMailboxes: new Set([idOf('ana.reyes@contoso.com')]) };
  for (const kind of ['room', 'equipment'] as const)
    expect(risks({ mailbox: aMailbox(kind) }, converted).map(({ code }) => code)).toEqual(['resource-mailbox']);
});

test('anyone who holds a directory role is protected, one risk a role', () => {
  const roles: Evidence['roles'] = [
    { roleName: 'Global Administrator', kind: 'active', viaGroup: null },
    { roleName: 'User Administrator', kind: 'eligible', viaGroup: null },
    { roleName: 'Exchange Administrator', kind: 'eligible', viaGroup: 'Messaging Ops' },
  ];
  expect(risks({ roles })).toEqual([
    { code: 'privileged-role', because: 'Global Administrator (active)' },
    { code: 'privileged-role', because: 'User Administrator (eligible)' },
    { code: 'privileged-role', because: 'Exchange Administrator (eligible, through group Messaging Ops)' },
  ]);
});

test('an emergency access account is known by its name or its id', () => {
  expect(risks({ userPrincipalName: 'BreakGlass1@contoso.com' })).toEqual([
    { code: 'emergency-access', because: 'policy.yaml lists "breakglass*"' },
  ]);
  const policy = aPolicy({ risk: { emergencyAccessAccounts: [idOf('ana.reyes@contoso.com')] } });
  expect(listRisks(anAccount(), policy, aRun()).map(({ code }) => code)).toEqual(['emergency-access']);
});

test('the accounts that the pipeline stands on are known by userPrincipalName or mail, in any case', () => {
  expect(risks({ userPrincipalName: 'IT-Lifecycle@contoso.com' })).toEqual([
    { code: 'pipeline-account', because: 'the pipeline sends or receives mail as it-lifecycle@contoso.com' },
  ]);
  const renamed = { userPrincipalName: 'notices@contoso.com', mail: 'It-Lifecycle@Contoso.com' };
  expect(risks(renamed).map(({ code }) => code)).toEqual(['pipeline-account']);
  const pipelineAccounts = ['andr\u00e9@contoso.com'];
  expect(risks({ mail: 'Andre\u0301@contoso.com' }, { pipelineAccounts }).map(({ code }) => code)).toEqual([
    'pipeline-account',
  ]);
});

test('an account without title, department, type and mail is judged by what it has', () => {
  const change = { jobTitle: null, department: null, employeeType: null, mail: null };
  expect(risks(change)).toEqual([]);
  expect(risks({ ...change, userPrincipalName: 'scanner3@contoso.com' })).toHaveLength(1);
});

test('every risk is told, not only the first', () => {
  const change: Partial<Evidence> = {
    jobTitle: 'CEO',
    userPrincipalName: 'svc-ceo@contoso.com',
    mailbox: aMailbox('shared'),
    roles: [{ roleName: 'Global Reader', kind: 'active', viaGroup: null }],
  };
  expect(risks(change).map(({ code }) => code)).toEqual([
    'executive',
    'service-account',
    'shared-mailbox',
    'privileged-role',
  ]);
});
