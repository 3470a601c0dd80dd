import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { parseEscalations, serialiseEscalations } from '../files/escalations-file.ts';
import { buildDesiredState } from '../files/stage.ts';
import { AccountFile, type Stage } from '../schemas/account.ts';
import { anAccount, anInForceFile, aPolicy, idOf, today } from '../tenant.fixture.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkStack } from './check.ts';
import type { CheckInput } from './input.ts';

const inStage = (stage: Stage, edit: Partial<AccountFile> = {}): AccountFile => {
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: addDays(today, -30) });
  return { ...file, stage, desired: buildDesiredState(stage, file.restore, file.savings), ...edit };
};

function codes(before: AccountFile | null, after: AccountFile, more: Partial<CheckInput> = {}): string[] {
  const path = 'stacks/contoso/accounts/ana.yaml';
  return checkStack({
    stack: 'contoso',
    today,
    policy: aPolicy(),
    pipelineAccounts: [],
    base: new Map(before ? [[path, { file: before, since: addDays(today, -30) }]] : []),
    head: [parseYaml(AccountFile, path, serialiseAccountFile(after))],
    exemptions: null,
    escalations: null,
    ...more,
  }).map(({ code }) => code);
}

test.each<[Stage | null, Stage]>([
  [null, 'notify'],
  ['notify', 'review'],
  ['review', 'disable'],
  ['disable', 'delicense'],
  ['disable', 'review'],
])('an account may go from %s to %s', (from, to) => {
  expect(codes(from && inStage(from), inStage(to))).toEqual([]);
});

test.each<[Stage | null, Stage]>([
  [null, 'disable'],
  ['notify', 'disable'],
  ['review', 'delicense'],
  ['keep', 'disable'],
])('an account never jumps from %s to %s', (from, to) => {
  expect(codes(from && inStage(from), inStage(to))).toContain('stage-jump');
});

test('a stage ends no sooner than its days have passed on main', () => {
  const path = 'stacks/contoso/accounts/ana.yaml';
  const base = new Map([[path, { file: inStage('review'), since: addDays(today, -6) }]]);
  expect(codes(inStage('review'), inStage('disable'), { base })).toEqual(['stage-too-early']);
});

test('nobody is blocked by hand whose block would take something with it that has to stay', () => {
  const group = {
    id: 'b0c5e5c2-3f0a-4b52-8b0e-0d2f6c1a9e11',
    displayName: 'Everybody',
    skuPartNumbers: ['SPE_E3'],
    membershipRule: 'user.accountEnabled -eq true',
  };
  const kept = (...keepsSignInFor: ('onedrive-files' | 'litigation-hold')[]) => ({
    dynamicGroups: [{ ...group, keepsSignInFor }],
  });
  const to = (stage: Stage, edit: Partial<AccountFile>, desired: Partial<AccountFile['desired']> = {}) => {
    const file = inStage(stage, edit);
    return codes(inStage('review', edit), { ...file, desired: { ...file.desired, ...desired } });
  };
  expect(to('disable', kept('litigation-hold'))).toEqual(['licence-goes-with-block']);
  expect(to('disable', kept('onedrive-files'))).toEqual(['licence-goes-with-block']);
  expect(to('disable', kept('onedrive-files'), { oneDrive: 'release' })).toEqual([]);
  expect(to('disable', kept('onedrive-files', 'litigation-hold'), { oneDrive: 'release' })).toEqual([
    'licence-goes-with-block',
  ]);
  expect(to('disable', kept('litigation-hold'), { accountEnabled: true })).toEqual([]);
  expect(to('disable', { dynamicGroups: [group] })).toEqual([]);
  expect(to('review', kept('litigation-hold'))).toEqual([]);
  expect(codes(inStage('disable', kept('litigation-hold')), inStage('disable', kept('litigation-hold')))).toEqual([]);
});

test('a veto is one line and its reason, on a proposal that has already rewritten the rest', () => {
  const proposed = inStage('disable');
  const evidence = { ...proposed.evidence, auditedOn: addDays(proposed.evidence.auditedOn, 1) };
  const vetoed: AccountFile = { ...proposed, evidence, stage: 'keep', reason: 'starts again in March' };
  expect(codes(inStage('review'), { ...vetoed, evidence: proposed.evidence })).toEqual([]);
});

test('a keep says why', () => {
  expect(codes(inStage('notify'), inStage('keep'))).toEqual(['missing-reason']);
});

test('nobody rewrites what an account had', () => {
  const before = inStage('disable');
  expect(codes(before, { ...before, restore: { ...before.restore, licenses: [] } })).toContain('record-edited');
});

const oldEvidence = (age: number): AccountFile['evidence'] => ({
  ...inStage('disable').evidence,
  auditedOn: addDays(today, -age),
  reportRefreshDate: addDays(today, -age - 2),
});
const newEvidence = (change: Partial<AccountFile['evidence']> = {}): AccountFile['evidence'] => ({
  ...inStage('disable').evidence,
  auditedOn: today,
  reportRefreshDate: addDays(today, -2),
  inactiveDays: 143,
  ...change,
});

test.each<[Stage, string, number]>([
  ['disable', 'is too old for what is left to do', 31],
  ['delicense', 'is too old for what is left to do', 31],
  ['disable', 'is of a day to come', -5],
])('evidence in %s that %s is renewed', (stage, _, age) => {
  const before = inStage(stage, { evidence: oldEvidence(age) });
  expect(codes(before, { ...before, evidence: newEvidence() })).toEqual([]);
});

test.each<[string, Partial<AccountFile>, number?]>([
  ['is still fresh enough', { evidence: newEvidence() }, 14],
  ['would become older', { evidence: oldEvidence(40) }],
  ['tells of activity', { evidence: newEvidence({ inactiveDays: 30 }) }],
  ['does not add up', { evidence: newEvidence({ inactiveDays: 150 }) }],
  ['is of a report of a day to come', { evidence: newEvidence({ reportRefreshDate: addDays(today, 1) }) }],
  ['would change what is saved', { evidence: newEvidence(), savings: { monthly: 0, currency: 'USD', heldBack: [] } }],
])('evidence that %s stays as it was written', (_, change, age = 31) => {
  const before = inStage('disable', { evidence: oldEvidence(age) });
  expect(codes(before, { ...before, ...change })).toContain('record-edited');
});

test('renewals count as the changes that they let happen', () => {
  const before = inStage('disable', { evidence: oldEvidence(31) });
  const policy = aPolicy({ limits: { changesPerApply: 0 } });
  expect(codes(before, { ...before, evidence: newEvidence() }, { policy })).toEqual(['over-limit']);
});

test('nothing is taken that the stage does not ask for', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, desired: { ...file.desired, accountEnabled: false } })).toEqual([
    'desired-beyond-stage',
  ]);
});

test('an executive does not enter a stage', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, jobTitle: 'Chief Financial Officer' } })).toContain(
    'protected-account',
  );
});

test.each([
  ['a member of another company', { userPrincipalName: 'max_fabrikam.com#EXT#@contoso.com' }],
  ['Entra Connect’s account', { userPrincipalName: 'Sync_DC01_5f2c9e1b@contoso.com' }],
  ['a scanner', { userPrincipalName: 'scanner.empfang@contoso.com', displayName: 'Scanner Empfang' }],
  ['a kiosk by its display name', { userPrincipalName: 'b4711@contoso.com', displayName: 'Lobby Kiosk' }],
])('%s does not enter a stage', (_, names) => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, ...names } })).toContain('protected-account');
});

test.each([
  ['fabian.scanner@contoso.com', 'Fabian Scanner'],
  ['fscanner@contoso.com', 'Fabian Scanner'],
  ['fabian@contoso.com', 'Fabian Scanner'],
  ['fabian.scanner@contoso.com', 'Fabian Max Scanner'],
  ['tanja.kamera@contoso.com', 'Kamera, Tanja'],
  ['anna-lena.kiosk@contoso.com', 'Anna-Lena Kiosk'],
])('%s, planned by an audit that knows the surname, may be merged', (userPrincipalName, displayName) => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, userPrincipalName, displayName } })).toEqual([]);
});

test('evidence is not from a day to come', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, evidence: { ...file.evidence, auditedOn: addDays(today, 1) } })).toEqual([
    'record-edited',
  ]);
});

test('one account has one file', () => {
  const parsed = ['ana', 'bo'].map((name) =>
    parseYaml(AccountFile, `stacks/contoso/accounts/${name}.yaml`, serialiseAccountFile(inStage('notify'))),
  );
  expect(codes(null, inStage('notify'), { head: parsed })).toContain('duplicate-account');
});

test('nobody is escalated twice, or from a day to come', () => {
  const entry = {
    userPrincipalName: 'cara@contoso.com',
    displayName: 'Cara',
    why: 'CEO',
    lastActivity: null,
  };
  const escalated = (...entries: { id: string; since: string }[]) => {
    const text = serialiseEscalations(entries.map((one) => ({ ...entry, ...one })));
    const escalations = parseEscalations('stacks/contoso/escalations.yaml', text);
    return codes(null, inStage('notify'), { escalations });
  };
  const [one, other] = [idOf('cara'), idOf('zoe')];
  expect(escalated({ id: one, since: today }, { id: other, since: '2026-11-30' })).toEqual([]);
  expect(escalated({ id: one, since: today }, { id: one.toUpperCase(), since: today })).toEqual(['escalation']);
  expect(escalated({ id: one, since: addDays(today, 1) })).toEqual(['escalation']);
});
