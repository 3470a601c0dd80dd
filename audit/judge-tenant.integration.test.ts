import { type Kind, kinds } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { isOutsider } from '../policy/judge/guests.ts';
import type { RecommendedAction, RiskCode } from '../policy/judge/judgement.ts';
import { anAuditedTenant, sharedTenant } from './audited-tenant.fixture.ts';
import type { JudgedTenant } from './judge-tenant.ts';

const shared = sharedTenant({ users: 300 });
let once: Promise<JudgedTenant> | undefined;
const audited = () => {
  once ??= shared().audit();
  return once;
};

/** What the audit recommends for each kind that is on one of its lists; every other kind must be on none. */
const expected: Partial<Record<Kind, RecommendedAction | [RecommendedAction, RiskCode]>> = {
  managerInactive: 'disable-then-remove-licenses',
  executive: ['escalate-to-hr', 'executive'],
  boardMember: ['escalate-to-hr', 'executive'],
  executiveAssistant: ['escalate-to-hr', 'executive'],
  breakGlassOne: ['manual-review', 'emergency-access'],
  breakGlassTwo: ['manual-review', 'emergency-access'],
  privilegedActive: ['manual-review', 'privileged-role'],
  privilegedEligible: ['manual-review', 'privileged-role'],
  privilegedThroughGroup: ['manual-review', 'privileged-role'],
  privilegedThroughNestedGroup: ['manual-review', 'privileged-role'],
  privilegedEligibleThroughGroup: ['manual-review', 'privileged-role'],
  roleAssignableGroupOwner: ['manual-review', 'privileged-role'],
  customRoleHolder: ['manual-review', 'privileged-role'],
  eligibleGroupMember: ['manual-review', 'privileged-role'],
  eligibleGroupOwner: ['manual-review', 'privileged-role'],
  restrictedUnitMember: ['manual-review', 'privileged-role'],
  restrictedUnitAdministrator: ['manual-review', 'privileged-role'],
  lastRoleHolder: ['manual-review', 'privileged-role'],
  roleAssignableGroupMember: ['manual-review', 'privileged-role'],
  userTypeNull: 'disable-then-remove-licenses',
  inactiveDirect: 'disable-then-remove-licenses',
  inactiveE5: 'disable-then-remove-licenses',
  inactiveByGroup: 'disable',
  inactiveBoth: 'disable',
  inactiveMixed: 'disable-then-remove-licenses',
  inactiveDisabledPlans: 'disable-then-remove-licenses',
  inactiveFreeSkus: 'disable',
  inactiveUnlicensed: 'disable',
  inactiveManyLicenses: 'disable-then-remove-licenses',
  inactivePhone: 'disable-then-remove-licenses',
  inactiveLicenseError: 'disable-then-remove-licenses',
  inactiveNoUsageLocation: 'disable-then-remove-licenses',
  inactiveManagerMissing: 'disable-then-remove-licenses',
  inactiveManagerDisabled: 'disable-then-remove-licenses',
  inactiveManagerExternal: 'disable-then-remove-licenses',
  inactiveManagerInactive: 'disable-then-remove-licenses',
  inactiveSynced: 'on-premises',
  inactiveSyncedByGroup: 'on-premises',
  formerlySynced: 'disable-then-remove-licenses',
  disabledLicensed: 'remove-licenses',
  disabledUnlicensed: 'none',
  disabledShared: ['manual-review', 'shared-mailbox'],
  largeMailbox: 'disable',
  archiveMailbox: 'disable',
  litigationHold: 'disable-then-remove-licenses',
  eDiscoveryHold: 'disable-then-remove-licenses',
  inPlaceHold: 'disable-then-remove-licenses',
  retentionPolicy: 'disable-then-remove-licenses',
  retentionThatDeletes: 'disable-then-remove-licenses',
  excludedFromRetention: 'disable-then-remove-licenses',
  retentionLabelHold: 'disable-then-remove-licenses',
  delayHold: 'disable-then-remove-licenses',
  delayReleaseHold: 'disable-then-remove-licenses',
  mailboxFlipsBack: 'disable-then-remove-licenses',
  hybridMailboxFlipsBack: 'remove-licenses',
  dynamicGroupOfEnabled: 'disable',
  dynamicGroupOfDepartment: 'disable',
  contractor: 'disable-then-remove-licenses',
  leaver: 'disable-then-remove-licenses',
  neverSignedIn: 'investigate',
  neverSignedInUnlicensed: 'disable',
  sprayed: 'disable-then-remove-licenses',
  noSignInData: 'disable-then-remove-licenses',
  boundary90: 'disable-then-remove-licenses',
  boundary91: 'disable-then-remove-licenses',
  guestInactive: 'guest-audit',
  guestNeverAccepted: 'guest-audit',
  externalMember: 'guest-audit',
  convertedGuest: 'guest-audit',
  agentUser: ['manual-review', 'service-account'],
  cloudSyncAccount: ['manual-review', 'service-account'],
  sharedMailbox: ['manual-review', 'shared-mailbox'],
  sharedMailboxLicensed: ['manual-review', 'shared-mailbox'],
  roomMailbox: ['manual-review', 'resource-mailbox'],
  equipmentMailbox: ['manual-review', 'resource-mailbox'],
  serviceAccount: ['manual-review', 'service-account'],
  syncServiceAccount: ['manual-review', 'service-account'],
  apostropheUpn: 'disable-then-remove-licenses',
  plusUpn: 'disable-then-remove-licenses',
  capitalUpn: 'disable-then-remove-licenses',
  nonAsciiName: 'disable-then-remove-licenses',
  accentedUpn: 'disable-then-remove-licenses',
  rightToLeftName: 'disable-then-remove-licenses',
  bidiOverrideName: 'disable-then-remove-licenses',
  formulaName: 'disable-then-remove-licenses',
  formulaDepartment: 'disable-then-remove-licenses',
  plusFormulaTitle: 'disable-then-remove-licenses',
  mentionName: 'disable-then-remove-licenses',
  mentionDepartment: 'disable-then-remove-licenses',
  htmlName: 'disable-then-remove-licenses',
  pipeName: 'disable-then-remove-licenses',
  markdownLinkName: 'disable-then-remove-licenses',
  workflowCommandName: 'disable-then-remove-licenses',
  lineBreakName: 'disable-then-remove-licenses',
  traversalNickname: 'disable-then-remove-licenses',
  reservedFileName: 'disable-then-remove-licenses',
  longName: 'disable-then-remove-licenses',
  quoteName: 'disable-then-remove-licenses',
  yamlName: 'disable-then-remove-licenses',
  phoneResourceAccount: ['manual-review', 'service-account'],
  teamsRoom: ['manual-review', 'service-account'],
  teamsRoomStandard: ['manual-review', 'service-account'],
  teamsRoomPremium: ['manual-review', 'service-account'],
  commonAreaPhone: ['manual-review', 'service-account'],
  scanner: ['manual-review', 'service-account'],
  surnameDrucker: 'disable-then-remove-licenses',
  surnameFaxen: 'disable-then-remove-licenses',
  bookingsMailbox: ['manual-review', 'resource-mailbox'],
  discoveryMailbox: ['manual-review', 'resource-mailbox'],
  mailboxNotFound: 'disable-then-remove-licenses',
  oneDriveLarge: 'disable-then-remove-licenses',
  oneDriveSmall: 'disable-then-remove-licenses',
  oneDriveRetained: 'disable-then-remove-licenses',
  oneDriveNever: 'disable-then-remove-licenses',
  cloudPc: 'disable-then-remove-licenses',
  cloudPcBusiness: 'disable-then-remove-licenses',
  cloudPcOddlyNamed: 'disable-then-remove-licenses',
  archiveByAddOn: 'disable',
  archiveBySuite: 'disable-then-remove-licenses',
  phoneNumber: 'disable-then-remove-licenses',
  licenseWithoutState: 'disable-then-remove-licenses',
  licenseUnlisted: 'disable-then-remove-licenses',
  licenseNeeded: 'disable-then-remove-licenses',
  licenseActiveWithError: 'disable-then-remove-licenses',
  licenseExclusive: 'disable-then-remove-licenses',
};

test.each(kinds.map((kind) => [kind, expected[kind] ?? 'on no list'] as const))('%s: %s', async (kind, wanted) => {
  const found = shared().find(await audited(), kind);
  const [action, risk] = typeof wanted === 'string' ? [wanted] : wanted;
  expect(found?.judgement.action ?? 'on no list').toBe(action);
  if (risk) expect(found?.judgement.risks.map(({ code }) => code)).toContain(risk);
});

test('guests and members of other companies are never among the inactive, our own never among the guests', async () => {
  const { inactive, guests, counts } = await audited();
  expect(inactive.some(({ evidence }) => isOutsider(evidence))).toBe(false);
  expect(guests.every(({ evidence }) => isOutsider(evidence))).toBe(true);
  expect(guests.some(({ evidence }) => evidence.userType === 'guest')).toBe(true);
  expect(guests.some(({ evidence }) => evidence.userType === 'member')).toBe(true);
  expect(counts.externalMembers).toBe(2);
});

test('a role through a group names the group and the role', async () => {
  const found = shared().find(await audited(), 'privilegedEligibleThroughGroup');
  expect(found?.evidence.roles).toEqual([
    {
      roleName: 'Intune Administrator',
      kind: 'eligible',
      viaGroup: 'Role: Intune administrators (eligible)',
    },
  ]);
});

test('an inherited licence names its group; one in error is not held', async () => {
  const { find } = shared();
  const inherited = find(await audited(), 'inactiveByGroup')?.evidence.licenses;
  expect(inherited).toMatchObject([
    { skuPartNumber: 'SPE_E3', productName: 'Microsoft 365 E3', carries: { mailbox: 'plan-2' } },
  ]);
  expect(inherited?.[0]?.groupName).toEqual(expect.any(String));
  const erroneous = find(await audited(), 'inactiveLicenseError')?.evidence.licenses;
  expect(erroneous?.map(({ skuPartNumber }) => skuPartNumber)).toEqual(['ENTERPRISEPACK']);
});

test('mailbox facts come from the report: size and archive', async () => {
  const { find } = shared();
  const large = find(await audited(), 'largeMailbox')?.evidence.mailbox;
  expect(large?.storageUsedBytes).toBeGreaterThan(50 * 1024 ** 3);
  expect(find(await audited(), 'archiveMailbox')?.evidence.mailbox.hasArchive).toBe(true);
});

test('the same tenant gives the same result in the same order', async () => {
  const first = await audited();
  const second = await shared().audit();
  expect(second.inactive).toEqual(first.inactive);
  expect(second.counts).toEqual(first.counts);
  expect(second.reports).toEqual(first.reports);
});

test('a listing in parts finds the same accounts as one that follows nextLink alone', async () => {
  const { audit, emulator } = shared();
  const expected = await audited();
  emulator.log.clear();
  const inParts = await audit({ parts: { mostParts: 4, pagesPerPart: 0.05 } });
  expect(inParts.inactive).toEqual(expected.inactive);
  expect(inParts.guests).toEqual(expected.guests);
  expect(inParts.counts).toEqual(expected.counts);
  const filters = emulator.log.listEntries().filter(({ query }) => /userPrincipalName%20[gl]e/.test(query));
  expect(filters).toHaveLength(4);
});

test('a service that refuses the filters of the parts is listed as a whole', async () => {
  const { audit, emulator } = shared();
  const expected = await audited();
  emulator.tenant.switches.textRanges = 'refused';
  const whole = await audit({ parts: { mostParts: 4, pagesPerPart: 0.05 } }).finally(() => {
    emulator.tenant.switches.textRanges = 'allowed';
  });
  expect(whole.inactive).toEqual(expected.inactive);
  expect(whole.counts).toEqual(expected.counts);
  expect(whole.quality).toEqual(expected.quality);
});

test('an account that has a file is handed to the plan although it is active', async () => {
  const { audit, find, emulator } = shared();
  const { id, userPrincipalName } = emulator.tenant.people.requireKind('activeCloud');
  const before = find(await audited(), 'activeCloud');
  const file = { account: { id, userPrincipalName } };
  const proposed = { path: 'x.yaml', text: '', file, touchedByPerson: false };
  // Only the id of the file matters here.
  const after = await audit({ proposed: [proposed] as never });
  expect(before).toBeUndefined();
  expect(find(after, 'activeCloud')?.judgement.verdict).toBe('active');
});

test('without signs of a second page, the constant part of an audit is under 20 requests', async () => {
  const { audit } = await anAuditedTenant({ users: 300, switches: { weather: null } });
  const { requests } = await audit();
  expect(requests.bySource.users).toBe(1);
  // Reads of sign-ins and managers grow with the tenant.
  const { 'sign-ins': signIns = 0, managers = 0 } = requests.bySource;
  expect(requests.total - signIns - managers).toBeLessThan(20);
});

test('independent reads run side by side', async () => {
  const { audit, emulator } = shared();
  const reads = emulator.faults.add({ kind: 'hold', path: '/(users|subscribedSkus|role\\w+)$' });
  const auditing = audit();
  await expect.poll(() => emulator.faults.list()[0]?.held).toBeGreaterThanOrEqual(4);
  emulator.faults.remove(reads);
  await auditing;
});

test('the audit writes nothing to the tenant but the one setting', async () => {
  const { emulator } = shared();
  await audited();
  const writes = emulator.log
    .listEntries()
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token') && !path.endsWith('/$batch'));
  expect(new Set(writes.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(['PATCH /v1.0/admin/reportSettings']),
  );
});
