import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import type { Scope } from '../schemas/populations.ts';
import { aLicense, anAccount, aRun, daysAgo, idOf, lastSeen, signedIn, theRules } from '../tenant.fixture.ts';
import { judge } from './judge.ts';
import { plannedActions, type RecommendedAction, recommendedActions } from './judgement.ts';

const exemption: Exemption = {
  account: 'ana.reyes@contoso.com',
  reason: 'leave',
  owner: 'Lee Park',
  until: '2027-03-01',
};

function actionFor(change: Partial<Evidence>, exemptions: readonly Exemption[] = [], scope?: Scope): RecommendedAction {
  const policy = scope === undefined ? {} : { scope };
  return judge(anAccount(change), theRules({ exemptions, policy }), aRun()).judgement.action;
}

const active = { signIns: signedIn(daysAgo(1)) };
const never = { usage: lastSeen(), signIns: signedIn(null) };
const globalAdministrator = { roleName: 'Global Administrator', kind: 'active', viaGroup: null } as const;
const inherited = [aLicense('SPE_E3', { assignedByGroup: idOf('a group') })];

const waiting: Partial<Evidence> = {
  oneDrive: { kind: 'seen', storageUsedBytes: 3 * 1024 ** 3, files: 812, lastUsedOn: null },
};

const cases: [string, RecommendedAction, Partial<Evidence>][] = [
  ['inactive and licensed', 'disable-then-remove-licenses', {}],
  ['inactive with an unpriced licence', 'disable-then-remove-licenses', { licenses: [aLicense('VISIOCLIENT')] }],
  ['inactive without a licence', 'disable', { licenses: [] }],
  ['inactive with free licences only', 'disable', { licenses: [aLicense('FLOW_FREE')] }],
  ['inactive with inherited licences only', 'disable', { licenses: inherited }],
  ['disabled and still paid for', 'remove-licenses', { accountEnabled: false }],
  [
    'disabled, and paid for while nobody releases its OneDrive',
    'remove-licenses',
    { ...waiting, accountEnabled: false },
  ],
  ['inactive, and paid for while nobody releases its OneDrive', 'disable-then-remove-licenses', waiting],
  ['disabled with inherited licences only', 'none', { accountEnabled: false, licenses: inherited }],
  ['disabled with free licences only', 'none', { accountEnabled: false, licenses: [aLicense('FLOW_FREE')] }],
  ['licensed and never active', 'investigate', never],
  ['licensed, disabled and never active', 'investigate', { ...never, accountEnabled: false }],
  ['never active and without a licence', 'disable', { ...never, licenses: [] }],
  ['synced from Active Directory', 'on-premises', { onPremisesSyncEnabled: true }],
  ['synced and never active', 'investigate', { ...never, onPremisesSyncEnabled: true }],
  ['synced and disabled, but paid for', 'remove-licenses', { onPremisesSyncEnabled: true, accountEnabled: false }],
  ['an executive', 'escalate-to-hr', { jobTitle: 'CEO' }],
  ['an executive and privileged', 'escalate-to-hr', { jobTitle: 'CEO', roles: [globalAdministrator] }],
  ['privileged', 'manual-review', { roles: [globalAdministrator] }],
  ['a service account', 'manual-review', { userPrincipalName: 'svc-x@contoso.com' }],
  ['an emergency access account', 'manual-review', { userPrincipalName: 'breakglass1@contoso.com' }],
  ['a guest', 'guest-audit', { userType: 'guest' }],
  ['a guest and active', 'guest-audit', { userType: 'guest', ...active }],
  ['active', 'none', active],
  ['an executive and active', 'none', { jobTitle: 'CEO', ...active }],
  ['without a report row', 'none', { usage: { kind: 'missing' } }],
];

test.each(cases)('an account that is %s gets %s', (_who, action, change) => {
  expect(actionFor(change)).toBe(action);
});

test('an exemption comes before HR, and a guest before an exemption', () => {
  expect(actionFor({}, [exemption])).toBe('exempt');
  expect(actionFor({ jobTitle: 'CEO' }, [exemption])).toBe('exempt');
  expect(actionFor({ userType: 'guest' }, [exemption])).toBe('guest-audit');
  expect(actionFor(active, [exemption])).toBe('none');
});

test.each<[string, Partial<Evidence>, RecommendedAction]>([
  ['somebody inactive', {}, 'out-of-scope'],
  ['an executive, so that HR is told of nobody outside', { jobTitle: 'CEO' }, 'out-of-scope'],
  ['somebody active', active, 'none'],
])('outside the scope %s gets %s', (_, change, action) => {
  expect(actionFor(change, [], { departments: ['Finance'] })).toBe(action);
  expect(actionFor(change, [], { departments: ['Sales'] })).toBe(actionFor(change));
});

test('every recommended action is reached by some account', () => {
  const reached = new Set([
    ...cases.map(([, , change]) => actionFor(change)),
    actionFor({}, [exemption]),
    actionFor({}, [], { domains: ['fabrikam.com'] }),
  ]);
  expect([...reached].sort()).toEqual([...recommendedActions].sort());
});

test('only the three that change nothing a person still needs enter a plan by themselves', () => {
  expect(plannedActions).toEqual(['disable-then-remove-licenses', 'remove-licenses', 'disable']);
});

test('a judgement carries the exemption that is in force, with reason, owner and end', () => {
  const { judgement } = judge(anAccount(), theRules({ exemptions: [exemption] }), aRun());
  expect(judgement.exemption).toEqual(exemption);
  const later = aRun({ auditedOn: '2027-03-02', reportRefreshDate: '2027-02-28' });
  expect(judge(anAccount(), theRules({ exemptions: [exemption] }), later).judgement.exemption).toBeNull();
});
