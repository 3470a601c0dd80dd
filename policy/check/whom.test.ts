import { expect, test } from 'vitest';
import { aLicense, today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays } from '../evidence.ts';
import { aPolicy, type PolicyChange } from '../policy.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { aSignedFile } from '../signing/signing.fixture.ts';
import { aCheckInput, listProblemCodes } from './check.fixture.ts';
import { checkStack } from './check.ts';

const lastMonth = addDays(today, -30);

/** Ana's file, judged by a population, as an audit signed it. */
function signed(stage: Stage, population?: string, change: Partial<AccountFile> = {}, on = today): AccountFile {
  const file = anAccountFile(stage);
  const evidence = { ...file.evidence, auditedOn: on, ...(population === undefined ? {} : { population }) };
  return aSignedFile({ ...file, ...change, evidence });
}

const populations = [
  { name: 'frontline', match: { licenses: ['SPE_F*'] }, inactiveAfterDays: 45 },
  { name: 'pupils', match: { departments: ['School*'] }, inactiveAfterDays: 150 },
  { name: 'seasonal', match: { groups: [{ name: 'Seasonal' }] }, inactiveAfterDays: 60, stages: { notifyDays: 3 } },
];
const codes = (head: AccountFile, policy: PolicyChange = { populations }, main: AccountFile[] = []) =>
  listProblemCodes({ head, main }, { policy: aPolicy(policy) });
const { skuPartNumber, skuId } = aLicense('SPE_F1');
const withF1 = {
  restore: {
    ...anAccountFile('notify').restore,
    licenses: [{ skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
  },
};
withF1.restore.licenses[0] &&
  Object.assign(withF1, { desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_F1'] } });

test.each<[string, AccountFile, string[]]>([
  ['of none', signed('notify'), []],
  ['of one that only groups can tell', signed('notify', 'seasonal'), []],
  ['of one that its licences confirm', signed('notify', 'frontline', withF1), []],
  ['of none, although its licences say one', signed('notify', undefined, withF1), ['wrong-population']],
  ['of one that its licences contradict', signed('notify', 'frontline'), ['wrong-population']],
  ['of one that its department contradicts', signed('notify', 'pupils'), ['wrong-population']],
  ['of one that the policy does not have', signed('notify', 'apprentices'), ['wrong-population']],
])('a new file %s', (_, head, expected) => {
  expect(codes(head)).toEqual(expected);
});

test('licences in a file are those of its first day, so that later they contradict nothing', () => {
  const before = signed('notify', 'frontline', withF1, lastMonth);
  expect(codes(signed('review', 'seasonal', withF1), { populations }, [before])).toEqual([]);
  expect(codes(signed('review', 'frontline'), { populations }, [before])).not.toContain('wrong-population');
});

test('a policy that has lost a population is told by files that go further, and lets the others be', () => {
  const before = signed('notify', 'apprentices', {}, lastMonth);
  expect(codes(before, {}, [before])).toEqual([]);
  const input = aCheckInput({ main: [before], head: signed('review', 'apprentices') });
  expect(checkStack(input)).toMatchObject([
    {
      code: 'wrong-population',
      message:
        'evidence.population: found apprentices, and the policy of the base branch has no populations; the next audit judges it anew',
    },
  ]);
});

test('the days of a stage are those of the population that the file says', () => {
  const since = addDays(today, -3);
  const notify = (population?: string) => signed('notify', population, {}, since);
  const check = (head: AccountFile, main: AccountFile) =>
    listProblemCodes({ head, main: [main], since }, { policy: aPolicy({ populations }) });
  expect(check(signed('review', 'seasonal'), notify('seasonal'))).toEqual([]);
  expect(check(signed('review'), notify())).toEqual(['stage-too-early']);
  // Who has changed to another since has that one's days.
  expect(check(signed('review'), notify('seasonal'))).toEqual(['stage-too-early']);
});

test('whoever edits the population of a file loses its signature', () => {
  const file = signed('notify', 'seasonal');
  const edited = { ...file, evidence: { ...file.evidence, population: 'other' } };
  const { population: _, ...evidence } = file.evidence;
  expect(codes(edited)).toContain('not-signed');
  expect(codes({ ...file, evidence })).toContain('not-signed');
  expect(codes(file)).toEqual([]);
});

test.each<[string, PolicyChange, string[]]>([
  ['inside', { scope: { departments: ['Sales'] } }, []],
  ['outside', { scope: { departments: ['Finance'] } }, ['out-of-scope']],
  ['outside by its domain', { scope: { domains: ['fabrikam.com'] } }, ['out-of-scope']],
  ['outside a share', { scope: { share: 1e-9 } }, ['out-of-scope']],
  ['perhaps inside, as only groups can tell', { scope: { groups: [{ name: 'Pilot' }] } }, []],
])('a new file of somebody %s, and one that goes further', (_, policy, expected) => {
  expect(codes(signed('notify'), policy)).toEqual(expected);
  expect(codes(signed('review'), policy, [signed('notify', undefined, {}, lastMonth)])).toEqual(expected);
  const disable = signed('disable', undefined, {}, lastMonth);
  expect(codes(disable, policy, [disable])).toEqual([]);
});
