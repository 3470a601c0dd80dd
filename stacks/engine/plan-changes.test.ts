import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { chooseAccountPath, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { updateAppliedRecord } from '../../policy/signing/key-trust.ts';
import { aSigning } from '../../policy/signing/signing.fixture.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import {
  type AccountOutputs,
  accountType,
  buildInitialOutputs,
  packInputs,
  packOutputs,
  toAccountInputs,
} from '../account/account-state.ts';
import { addApplyNote } from '../account/apply-note.ts';
import { noteRestore } from '../account/taken-state.ts';
import type { StateResource } from '../provider/resource.ts';
import { buildUrn, toResourceName } from '../provider/resource-name.ts';
import { trustAll } from '../trusted-files.fixture.ts';
import { planChanges } from './plan-changes.ts';

const { file } = anInForceFile({ account: anAccount(), stage: 'disable', since: today });
const path = chooseAccountPath('contoso', file.account, () => false);
const urn = buildUrn('contoso', accountType, toResourceName(path));
const inputs = toAccountInputs(file);
const settled: AccountOutputs = {
  ...buildInitialOutputs(inputs),
  reached: file.desired,
  asked: file.desired,
};
const note = { desired: file.desired, at: '2026-12-07T08:00:00Z' };

test.each<[string, StateResource[], { urns: string[]; killed: number; released: string[] }]>([
  ['an account that the state does not know is planned', [], { urns: [urn], killed: 0, released: [] }],
  ['one that is as its file says is left alone', [has(settled)], { urns: [], killed: 0, released: [] }],
  [
    'one that was refused or waits is planned again',
    [has({ ...settled, isSettled: false })],
    { urns: [urn], killed: 0, released: [] },
  ],
  [
    'one at which a run was killed is planned again, though its file asks for nothing else',
    [has(addApplyNote(settled, note, note.at))],
    { urns: [urn], killed: 1, released: [] },
  ],
  [
    'one whose file is gone is released',
    [has(settled), { ...has(settled), urn: `${urn}-gone` }],
    { urns: [], killed: 0, released: [`${urn}-gone`] },
  ],
])('%s', async (_, state, wanted) => {
  const { accounts, killed, released } = planChanges(state, trustAll(await filesOf(file)));
  expect({ urns: accounts.map((planned) => planned.urn), killed, released }).toEqual(wanted);
});

test('what a run did whose accounts are settled, and which did not come to its end, is told by the next one', async () => {
  const { reached: before } = buildInitialOutputs(inputs);
  const record = updateAppliedRecord(null, { commit: 'c1', signing: aSigning(), unreported: { [urn]: before } }, today);
  const { accounts, doneEarlier } = planChanges([has(noteRestore(settled, inputs.restore))], {
    ...trustAll(await filesOf(file)),
    record,
  });
  expect(accounts).toEqual([]);
  expect(doneEarlier).toMatchObject([{ urn, change: { from: before }, report: { done: [] } }]);
  expect(doneEarlier[0]?.report.doneEarlier?.map(({ step }) => step)).toEqual(['sign-in-blocked', 'mailbox-shared']);
  const untouched = addApplyNote(buildInitialOutputs(inputs), note, note.at);
  expect(planChanges([has(untouched)], { ...trustAll(await filesOf(file)), record }).doneEarlier).toEqual([]);
});

test('what main’s history says was taken is told as given back only once it is settled', async () => {
  const giving = {
    ...inputs,
    stage: 'restore' as const,
    desired: buildInitialOutputs(inputs).reached,
    taken: file.desired,
  };
  const of = (outputs: AccountOutputs) => [{ ...has(outputs), inputs: packInputs(giving) }];
  const record = updateAppliedRecord(
    null,
    { commit: 'c1', signing: aSigning(), unreported: { [urn]: file.desired } },
    today,
  );
  const trusted = { ...trustAll(await filesOf(file)), record };
  expect(planChanges(of(buildInitialOutputs(giving)), trusted).doneEarlier).toEqual([]);
  const given = { ...buildInitialOutputs(inputs), restore: null };
  const [told] = planChanges(of(given), trusted).doneEarlier;
  expect(told?.report.doneEarlier?.map(({ step }) => step)).toEqual(['sign-in-allowed', 'mailbox-regular']);
});

function has(outputs: AccountOutputs): StateResource {
  return { urn, type: accountType, inputs: packInputs(inputs), outputs: packOutputs(outputs) };
}

async function filesOf(account: AccountFile) {
  const { id } = account.account;
  const tenant = {
    ...{ tenantId: id, cloud: 'emulator', timeZone: 'Europe/Berlin', currency: 'USD' },
    ...{ audit: { clientId: id }, apply: { clientId: id } },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
  };
  const texts = new Map([
    ['stacks/contoso/tenant.yaml', stringify(tenant)],
    ['policy/policy.yaml', stringify(aPolicy())],
    ['policy/prices.yaml', stringify(prices)],
    [path, serialiseAccountFile(account)],
  ]);
  const isIn = (folder: string) => (each: string) => each.slice(0, each.lastIndexOf('/')) === folder;
  const nameIn = (each: string) => each.slice(each.lastIndexOf('/') + 1);
  return loadStack(
    {
      list: async (folder) => [...texts.keys()].filter(isIn(folder)).map(nameIn),
      read: async (name) => texts.get(name) ?? null,
    },
    'contoso',
  );
}
