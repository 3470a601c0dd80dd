import { afterEach, expect, it } from 'vitest';
import { aPerson, type Person } from '../../audit/report/person.fixture.ts';
import { readAuditedAccount } from '../../cli/accounts/audited-account.ts';
import { type AStack, aStack } from '../../cli/accounts/stack.fixture.ts';
import { aLicense, lastSeen } from '../account.fixture.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { isSignedFor } from '../plan/plan-signing.ts';
import { parseSignedLine } from '../signing/signed-line.ts';
import { aPlanSigning } from '../signing/signing.fixture.ts';
import { buildIncludedFile } from './include-account.ts';

const today = '2026-12-07';
let stack: AStack;

afterEach(() => stack.remove());

async function include(person: Person, name = person.evidence.userPrincipalName, day = today) {
  stack = await aStack([person]);
  return buildIncludedFile(name, await readAuditedAccount(stack.audit, name), await stack.files(), day);
}

function raise(): never {
  throw new Error('the audit lists nobody');
}

const neverUsed = () =>
  aPerson({ usage: lastSeen({}), signIns: { kind: 'read', lastSuccessful: null, lastAttempt: null } });

it('an account that was licensed and never used enters the plan at notify, on a person’s word', async () => {
  const { path, text } = await include(neverUsed());
  expect(path).toBe('stacks/contoso/accounts/ana.reyes@contoso.com.yaml');
  expect(parseAccountFile(path, text)).toMatchObject({
    stage: 'notify',
    desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] },
    evidence: { auditedOn: today, reportRefreshDate: '2026-12-05', inactiveDays: null },
  });
});

it('where new files are named by id, it is found by its address, and its file says nothing by its name', async () => {
  const person = neverUsed();
  stack = await aStack([person]);
  await stack.write('policy/policy.yaml', `${await stack.read('policy/policy.yaml')}\nprivacy: { names: id-only }\n`);
  const name = 'ana.reyes@contoso.com';
  const { path, text } = buildIncludedFile(
    name,
    await readAuditedAccount(stack.audit, name),
    await stack.files(),
    today,
  );
  expect(path).toBe(`stacks/contoso/accounts/${person.evidence.id}.yaml`);
  expect(parseAccountFile(path, text)).toMatchObject({ stage: 'notify', account: { userPrincipalName: name } });
});

it('its facts are those that the audit signed, so that no key is needed', async () => {
  const { path, text } = await include(neverUsed());
  const file = parseAccountFile(path, text);
  expect(parseSignedLine(file.signed ?? '')).toMatchObject({ key: 'tests', furthest: 'notify' });
  expect(isSignedFor(file, 'notify', aPlanSigning())).toBe(true);
});

it('an audit without a key, or of an older version, is no ground', async () => {
  const name = 'ana.reyes@contoso.com';
  stack = await aStack([neverUsed()]);
  const { judged, ...audited } = await readAuditedAccount(stack.audit, name);
  const { signed: _, ...unsigned } = judged ?? raise();
  const files = await stack.files();
  expect(() => buildIncludedFile(name, { ...audited, judged: unsigned }, files, today)).toThrow('had no key to sign');
});

it('a synced account may be included; it is found by its object id, too, in any case', async () => {
  const synced = aPerson({ onPremisesSyncEnabled: true, licenses: [aLicense('SPE_E3')] });
  const { text } = await include(synced, synced.evidence.id.toUpperCase());
  expect(text).toContain('onPremisesSyncEnabled: true');
});

it.each<[string, Person, string]>([
  ['an executive', aPerson({ jobTitle: 'Chief Financial Officer' }), 'it is protected as executive'],
  ['a guest', aPerson({ userType: 'guest' }), 'it is a guest'],
  [
    'somebody active',
    aPerson({ usage: lastSeen({ teams: '2026-12-04' }) }),
    'the audit of 2026-12-07 does not list it as inactive',
  ],
  [
    'an administrator',
    aPerson({ roles: [{ roleName: 'User Administrator', kind: 'eligible', viaGroup: null }] }),
    'it is protected as privileged-role',
  ],
])('%s is not included, and the reason is given', async (_who, person, because) => {
  await expect(include(person)).rejects.toMatchObject({
    code: 'not-included',
    message: expect.stringContaining(because),
  });
});

it('an exemption that was merged after the audit keeps an account out', async () => {
  stack = await aStack([neverUsed()]);
  await stack.write(
    'exemptions.yaml',
    'exemptions:\n  - { account: ana.reyes@contoso.com, reason: Parental leave, owner: People team, until: 2027-03-31 }\n',
  );
  const audited = await readAuditedAccount(stack.audit, 'ana.reyes@contoso.com');
  const files = await stack.files();
  expect(() => buildIncludedFile('ana.reyes@contoso.com', audited, files, today)).toThrow(
    'it is exempt until 2027-03-31 (People team: Parental leave)',
  );
});

it('nobody is included twice', async () => {
  stack = await aStack([aPerson()]);
  const path = await stack.at('review');
  const audited = await readAuditedAccount(stack.audit, 'ana.reyes@contoso.com');
  const files = await stack.files();
  expect(() => buildIncludedFile('ana.reyes@contoso.com', audited, files, today)).toThrow(
    `it is in the plan already, at stage review (${path})`,
  );
});

it('who was set back on main goes on from there: the stage stays, and the next audit is let', async () => {
  stack = await aStack([aPerson()]);
  const path = await stack.at('notify');
  const name = 'ana.reyes@contoso.com';
  const { judged, ...audited } = await readAuditedAccount(stack.audit, name);
  const { stage, desired } = (await stack.files()).accounts[0]?.value ?? raise();
  const listed = { ...(judged ?? raise()), goesOnFrom: { stage, desired } };
  await stack.write(path, `${await stack.read(path)}# Lee asks every spring\n`);
  const included = buildIncludedFile(name, { ...audited, judged: listed }, await stack.files(), today);
  expect(included).toMatchObject({ path, stage: 'notify' });
  expect(parseAccountFile(path, included.text)).toMatchObject({ stage: 'notify', evidence: { auditedOn: today } });
  expect(included.text).toContain('# Lee asks every spring');
});

it('a file that is made from audit.json, whose keys are sorted, has its fields in their usual order', async () => {
  const { text } = await include(neverUsed());
  const names = [...text.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
  expect(names.slice(0, 4)).toEqual(['id', 'userPrincipalName', 'displayName', 'department']);
  expect(text).toMatch(/skuPartNumber: \w+, skuId: /);
});

it('an audit that is older than the apply would accept is no ground', async () => {
  await expect(include(neverUsed(), undefined, '2027-02-01')).rejects.toThrow('the audit is 56 days old');
});

it('without an audit, it says which command makes one', async () => {
  stack = await aStack([aPerson()]);
  await expect(readAuditedAccount(`${stack.root}/out/other/audit.json`, 'ana')).rejects.toMatchObject({
    code: 'no-audit',
    exitCode: 2,
  });
});
