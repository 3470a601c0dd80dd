import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmulatorOptions } from '@dormant-m365/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateJournal, writeJournal } from '../../../audit/collect/concealment-journal.ts';
import { listGrantedRights } from '../../../bootstrap/granted.ts';
import { type AStack, aStack, finding, notPassed } from '../stack.fixture.ts';
import { appRoles } from './app-roles.ts';
import { emergencyAccounts } from './emergency-accounts.ts';
import { entraPremium } from './entra-premium.ts';
import { hrContact } from './hr-contact.ts';
import { notificationSender } from './notification-sender.ts';
import { otherIdentity } from './other-identity.ts';
import { prices } from './prices.ts';
import { privileges } from './privileges.ts';
import { reportSettings } from './report-settings.ts';
import { sharedTenant } from './shared-tenant.ts';
import { twoIdentities } from './two-identities.ts';

let stack: AStack;
beforeAll(async () => {
  stack = await aStack();
});
afterAll(() => stack.close());

/** Another tenant, or the same with other grants, for one question. */
async function inTenant<T>(change: EmulatorOptions, look: (other: AStack) => Promise<T>): Promise<T> {
  const other = await aStack(change);
  try {
    return await look(other);
  } finally {
    await other.close();
    process.env.DORMANT_EMULATOR_URL = stack.emulator.url;
  }
}

/** Changes a file for as long as `look` looks. */
async function edited<T>(path: string, from: string | RegExp, to: string, look: () => Promise<T>): Promise<T> {
  const before = await stack.repository.read(path);
  await stack.edit(path, from, to);
  try {
    return await look();
  } finally {
    await stack.edit(path, /^[\s\S]*$/, before);
  }
}

const { appRoles: auditRoles, exchangeCmdlets: auditCmdlets } = listGrantedRights(
  'audit',
  'premium',
  'groupEligibility',
  'groupRules',
  'holds',
);
const { appRoles: applyRoles, exchangeCmdlets: applyCmdlets } = listGrantedRights(
  'apply',
  'premium',
  'groupEligibility',
  'groupRules',
  'exchange',
);

test('a role that is not granted fails, with what it is for and the command that grants it', async () => {
  const identities = { audit: { appRoles: auditRoles.filter((role) => role !== 'Reports.Read.All') } };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Reports.Read.All')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('last activity'),
    mend: 'pulumi -C bootstrap up --stack contoso',
  });
});

test('an audit that cannot see holds is warned about: licences with a mailbox stay', async () => {
  const identities = { audit: { appRoles: auditRoles.filter((role) => role !== 'Exchange.ManageAsApp') } };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Exchange.ManageAsApp').status).toBe('warn');
});

test('an apply that cannot read the rules of groups is warned about: some people are not blocked then', async () => {
  const identities = {
    apply: {
      appRoles: applyRoles.filter((role) => role !== 'Directory.Read.All'),
      exchangeCmdlets: applyCmdlets,
    },
  };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({ identity: 'apply' }, appRoles));
  expect(finding(diagnosis, 'app role Directory.Read.All')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('is not blocked'),
    mend: 'pulumi -C bootstrap up --stack contoso',
  });
});

test('a role in Exchange from an older script fails: it lacks the policies of the whole organisation', async () => {
  const exchangeCmdlets = auditCmdlets.filter((cmdlet) => cmdlet !== 'Get-OrganizationConfig');
  const identities = { audit: { appRoles: auditRoles, exchangeCmdlets } };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Exchange.ManageAsApp')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('CommandNotFound'),
    mend: expect.stringContaining('exchangeCommands'),
  });
});

test('a role that is granted and not answered fails: Exchange wants a role group of its own as well', async () => {
  const identities = { audit: { appRoles: auditRoles } };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Exchange.ManageAsApp')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('403'),
    mend: expect.stringContaining('exchangeCommands'),
  });
});

test('a role group that lacks a cmdlet fails, with the cmdlet: tenants set up by an older script have it so', async () => {
  const identities = { apply: { appRoles: applyRoles, exchangeCmdlets: ['Get-Mailbox', 'Set-Mailbox'] } };
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({ identity: 'apply' }, appRoles));
  expect(finding(diagnosis, 'app role Exchange.ManageAsApp')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('Get-MailboxStatistics'),
    mend: expect.stringContaining('exchangeCommands'),
  });
});

test('a role that breaks a guarantee fails, no matter who granted it', async () => {
  const identities = {
    audit: { appRoles: [...auditRoles, 'User.ReadWrite.All'], exchangeCmdlets: auditCmdlets },
  } as const;
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role User.ReadWrite.All')).toMatchObject({
    status: 'fail',
    says: expect.stringMatching(/cannot write to accounts.*cannot delete an account/),
  });
});

test('a role that only reads and is in no table is a warning', async () => {
  const identities = {
    audit: { appRoles: [...auditRoles, 'Group.Read.All'], exchangeCmdlets: auditCmdlets },
  } as const;
  const diagnosis = await inTenant({ identities }, (other) => other.diagnose({}, appRoles));
  expect(finding(diagnosis, 'app role Group.Read.All').status).toBe('warn');
});

test('Mail.Send for the whole tenant is a warning, as a role and as the scope of the sender', async () => {
  const identities = {
    apply: { appRoles: [...applyRoles, 'Mail.Send'], exchangeCmdlets: applyCmdlets },
  } as const;
  const diagnosis = await inTenant({ identities }, (other) =>
    other.diagnose({ identity: 'apply' }, appRoles, notificationSender),
  );
  expect(finding(diagnosis, 'app role Mail.Send').status).toBe('warn');
  expect(finding(diagnosis, 'notification sender scope')).toMatchObject({
    status: 'warn',
    mend: expect.stringContaining('mail scoped'),
  });
});

test('roles for quarantine are called for only while the policy quarantines', async () => {
  const quiet = await stack.diagnose({ identity: 'apply' }, appRoles);
  expect(quiet.findings.filter(({ name }) => name.includes('Policy.'))).toEqual([]);
  const diagnosis = await edited('policy/policy.yaml', 'quarantine: off', 'quarantine: enforced', () =>
    stack.diagnose({ identity: 'apply' }, appRoles),
  );
  expect(finding(diagnosis, 'app role Policy.ReadWrite.ConditionalAccess').status).toBe('fail');
});

test('the audit sees what the apply was granted: too little, and too much by name', async () => {
  const withApply = (roles: typeof applyRoles | readonly ['User.ReadWrite.All']) =>
    inTenant({ identities: { audit: { appRoles: auditRoles }, apply: { appRoles: roles } } }, (other) =>
      other.diagnose({}, otherIdentity),
    );
  expect(finding(await withApply(applyRoles), 'grants of apply').status).toBe('pass');
  const lacking = applyRoles.filter((role) => role !== 'User.RevokeSessions.All');
  expect(finding(await withApply(lacking), 'grants of apply')).toMatchObject({
    status: 'fail',
    says: 'lacks User.RevokeSessions.All',
  });
  expect(finding(await withApply(['User.ReadWrite.All']), 'grants of apply')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('too much: User.ReadWrite.All (The apply cannot delete an account.'),
  });
});

test('an application that is not in the tenant is said to be missing', async () => {
  const clientId = stack.emulator.identities.apply?.clientId ?? '';
  const diagnosis = await edited('stacks/contoso/tenant.yaml', clientId, '00000000-0000-4000-8000-000000000000', () =>
    stack.diagnose({}, otherIdentity),
  );
  expect(finding(diagnosis, 'grants of apply')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('not in the tenant'),
  });
});

test('one application for both identities fails', async () => {
  const { audit, apply } = stack.emulator.identities;
  const diagnosis = await edited(
    'stacks/contoso/tenant.yaml',
    apply?.clientId ?? '',
    audit?.clientId.toUpperCase() ?? '',
    () => stack.diagnose({}, twoIdentities),
  );
  expect(finding(diagnosis, 'two identities').status).toBe('fail');
});

test('a second stack with the same tenant fails, by its name', async () => {
  const { root } = stack.repository;
  const other = join(root, 'stacks/other');
  await cp(join(root, 'stacks/contoso'), other, { recursive: true });
  const diagnosis = await stack.diagnose({}, sharedTenant).finally(() => rm(other, { recursive: true }));
  expect(finding(diagnosis, 'one stack for the tenant')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('the tenant of other, too'),
  });
  expect(finding(await stack.diagnose({}, sharedTenant), 'one stack for the tenant').status).toBe('pass');
});

test('without Entra ID P1 a policy that requires sign-ins finds nobody inactive, and that fails', async () => {
  await inTenant({ switches: { premium: false } }, async (other) => {
    const strict = await other.diagnose({}, entraPremium, appRoles);
    expect(finding(strict, 'Entra ID P1')).toMatchObject({
      status: 'fail',
      mend: expect.stringContaining('optional'),
    });
    // The licence is what is missing, not the grant.
    expect(finding(strict, 'app role AuditLog.Read.All').status).toBe('pass');
    expect(finding(strict, 'app role RoleManagement.Read.Directory').status).toBe('pass');
    await other.edit('policy/policy.yaml', 'signIns: required', 'signIns: optional');
    expect(finding(await other.diagnose({}, entraPremium), 'Entra ID P1').status).toBe('warn');
  });
});

test('sign-ins that never come with a value fail like a missing P1, however politely Microsoft answers', async () => {
  await inTenant({ switches: { signInsShownOf: 'nobody' } }, async (other) => {
    const found = finding(await other.diagnose({}, entraPremium), 'Entra ID P1');
    expect(found).toMatchObject({ status: 'fail', mend: expect.stringContaining('optional') });
    await other.edit('policy/policy.yaml', 'signIns: required', 'signIns: optional');
    expect(finding(await other.diagnose({}, entraPremium), 'Entra ID P1').status).toBe('warn');
  });
});

test.each([
  ['concealed', 'concealed', 'pass', /shows them only while it reads/, undefined],
  ['shown', 'shown', 'pass', /are shown, as .*tenant.yaml says/, undefined],
  ['shown', 'concealed', 'warn', /tenant.yaml says concealed/, /npx dormant conceal contoso/],
  ['concealed', 'shown', 'warn', /somebody has concealed them since/, /set reportNames: concealed/],
  ['shown', undefined, 'warn', /every audit ends with concealed names/, /add reportNames: shown/],
] as const)('reports with names %s, where tenant.yaml says %s: %s', async (has, says, status, finds, mend) => {
  await inTenant({ switches: { displayConcealedNames: has === 'concealed' } }, async (other) => {
    const line = says === undefined ? '' : `reportNames: ${says}`;
    await other.edit('stacks/contoso/tenant.yaml', /reportNames: .*/, line);
    const found = finding(await other.diagnose({}, reportSettings), 'report settings');
    expect(found).toMatchObject({ status, says: expect.stringMatching(finds) });
    if (mend !== undefined) expect(found).toMatchObject({ mend: expect.stringMatching(mend) });
  });
});

test('reports that a killed audit left readable are a failure, with the command', async () => {
  await inTenant({ switches: { displayConcealedNames: false } }, async (other) => {
    const place = locateJournal(other.repository.root, 'contoso', other.emulator.tenant.id);
    await writeJournal(place, { displayConcealedNames: true });
    expect(finding(await other.diagnose({}, reportSettings), 'report settings')).toMatchObject({
      status: 'fail',
      mend: 'npx dormant conceal contoso',
    });
  });
});

test('a sender that does not exist, or has no mailbox, fails', async () => {
  for (const sender of ['nobody@contoso.com', 'breakglass1@contoso.com']) {
    const people: EmulatorOptions['people'] = [
      { kind: 'glass', userPrincipalName: 'breakglass1@contoso.com', licenses: [], mailbox: null },
    ];
    await inTenant({ people }, async (other) => {
      await other.edit('stacks/contoso/tenant.yaml', 'sender: it@contoso.com', `sender: ${sender}`);
      expect(finding(await other.diagnose({}, notificationSender), 'notification sender mailbox')).toMatchObject({
        status: 'fail',
        says: expect.stringContaining(sender),
      });
    });
  }
});

test.each([
  ['[]', 'fail', 'the policy lists none'],
  ['["vault@contoso.com"]', 'fail', 'none of the 1 entries is an account of this tenant'],
  ['["vault*"]', 'fail', 'none of the 1 entries is an account of this tenant'],
  ['["breakglass1@contoso.com", "vault@contoso.com"]', 'warn', 'vault@contoso.com: not in this tenant'],
  ['["BreakGlass?@contoso.com"]', 'pass', '1 found, by 1 entry'],
  ['["*glass1@contoso.com"]', 'fail', 'none of the 1 entries is an account of this tenant'],
] as const)('emergency access accounts %s: %s', async (list, status, says) => {
  const line = /emergencyAccessAccounts: .*/;
  const diagnosis = await edited('policy/policy.yaml', line, `emergencyAccessAccounts: ${list}`, () =>
    stack.diagnose({}, emergencyAccounts),
  );
  expect(finding(diagnosis, 'emergency access accounts')).toMatchObject({ status, says });
});

test('a licence in use without a price is named', async () => {
  const diagnosis = await edited('policy/prices.yaml', /^ {2}SPE_E3: .*\n/m, '', () => stack.diagnose({}, prices));
  expect(finding(diagnosis, 'prices of the SKUs in use')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('SPE_E3'),
  });
});

test('a price for a misspelt SKU is named, one for a SKU that this tenant has not is not', async () => {
  const diagnosis = await edited('policy/prices.yaml', /^ {2}SPE_E3: /m, '  SPE-e3: ', () =>
    stack.diagnose({}, prices),
  );
  expect(finding(diagnosis, 'prices without a SKU')).toMatchObject({
    status: 'warn',
    says: 'SPE-e3 (meant SPE_E3?)',
  });
});

test('prices in another currency than the tenant’s are a warning', async () => {
  const diagnosis = await edited('policy/prices.yaml', 'currency: USD', 'currency: EUR', () =>
    stack.diagnose({}, prices),
  );
  expect(finding(diagnosis, 'prices currency').status).toBe('warn');
});

const pim = 'PrivilegedEligibilitySchedule.Read.AzureADGroup';
const withoutPim = {
  audit: { appRoles: auditRoles.filter((role) => role !== pim), exchangeCmdlets: auditCmdlets },
};

test('who may activate a privileged group has to be readable while the policy asks for it', async () => {
  await inTenant({ identities: withoutPim }, async (other) => {
    const diagnosis = await other.diagnose({}, privileges, appRoles);
    expect(finding(diagnosis, 'privileged accounts groupEligibility')).toMatchObject({
      status: 'fail',
      says: expect.stringMatching(/PrivilegedEligibilitySchedule.*drafts.*takes nothing/),
      mend: expect.stringContaining('config set groupEligibility true'),
    });
    expect(finding(diagnosis, `app role ${pim}`).status).toBe('fail');
    await other.edit('policy/policy.yaml', 'groupEligibility: required', 'groupEligibility: optional');
    const optional = await other.diagnose({}, privileges, appRoles);
    expect(finding(optional, 'privileged accounts groupEligibility')).toMatchObject({
      status: 'skip',
      says: expect.stringContaining('not recognised as privileged'),
    });
    expect(notPassed(optional)).toEqual([]);
  });
});

test('without Entra ID P2 nothing is missing: nobody is eligible', async () => {
  await inTenant({ switches: { premiumP2: false } }, async (other) => {
    const diagnosis = await other.diagnose({}, privileges, appRoles);
    expect(notPassed(diagnosis)).toEqual([]);
    expect(finding(diagnosis, `app role ${pim}`).says).toContain('no licence');
  });
});

/** Directory.Read.All reads the names of units, too. */
const withoutNames = {
  apply: {
    appRoles: listGrantedRights('apply', 'premium', 'groupEligibility', 'exchange').appRoles,
    exchangeCmdlets: applyCmdlets,
  },
};

test('the names of restricted units are called for only where the policy asks for them', async () => {
  const diagnosis = await inTenant({ identities: withoutNames }, async (other) => {
    await other.edit('policy/policy.yaml', 'restrictedUnits: optional', 'restrictedUnits: required');
    return other.diagnose({ identity: 'apply' }, privileges, appRoles);
  });
  expect(finding(diagnosis, 'app role AdministrativeUnit.Read.All').status).toBe('fail');
  expect(finding(diagnosis, 'privileged accounts restrictedUnits')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('config set restrictedUnits true'),
  });
});

test('without a contact of HR nobody hears of silent executives, which is said; one of another domain is a warning', async () => {
  const found = async () => finding(await stack.diagnose({}, hrContact), 'HR contact');
  expect(await found()).toMatchObject({ status: 'skip', says: expect.stringContaining('nobody is told') });
  const contact = (domains: string) => `internalDomains: [${domains}]\n  hrContact: hr@contoso.com`;
  const list = /internalDomains: \[[^\]]*\]/;
  expect(await edited('policy/policy.yaml', list, contact('"*"'), found)).toMatchObject({ status: 'pass' });
  expect(await edited('policy/policy.yaml', list, contact('fabrikam.com'), found)).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('outside of the internal domains'),
  });
});
