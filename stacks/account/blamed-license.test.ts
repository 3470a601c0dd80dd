import { expect, test } from 'vitest';
import { noRequest } from '../../graph/request-ids.ts';
import { parseSubscriptions } from '../../graph/subscriptions.ts';
import { toWriteRefusal } from '../tenant/write-errors.ts';
import { findBlamedLicenses } from './blamed-license.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const plans = { teams: id(1), phone: id(2), calling: id(3), sharePoint: id(4), sharePointSmall: id(5) };
const skus = { E3: id(11), F3: id(12), MCOEV: id(13), MCOPSTN1: id(14), PACK: id(15) };
const subscriptions = parseSubscriptions([
  product('E3', 'teams', 'sharePoint'),
  product('F3', 'teams'),
  product('MCOEV', 'phone'),
  product('MCOPSTN1', 'calling'),
  product('PACK', 'sharePointSmall'),
]);

const phoneNeedsTeams = `License assignment failed because service plan ${plans.phone} depends on the service plan(s) ${plans.teams}`;
const apart = `License assignment failed because service plans ${plans.sharePoint},${plans.sharePointSmall} are mutually exclusive.`;

test.each<[string, string, { remove?: string[]; give?: string[] }, { remove?: string[]; give?: string[] }]>([
  ['of what goes, what is needed stays', phoneNeedsTeams, { remove: ['PACK', 'E3'] }, { remove: ['E3'] }],
  ['of two that have it, one', phoneNeedsTeams, { remove: ['F3', 'E3'] }, { remove: ['F3'] }],
  ['ids in capitals', phoneNeedsTeams.toUpperCase(), { remove: ['E3'] }, { remove: ['E3'] }],
  [
    'what goes stays before what comes is left out',
    phoneNeedsTeams,
    { remove: ['E3'], give: ['MCOEV'] },
    { remove: ['E3'] },
  ],
  ['what needs a plan that nobody has is not given', phoneNeedsTeams, { give: ['MCOEV', 'PACK'] }, { give: ['MCOEV'] }],
  ['a plan of neither', phoneNeedsTeams, { remove: ['PACK'], give: ['MCOPSTN1'] }, {}],
  ['of two that exclude each other, one is given', apart, { give: ['E3', 'PACK'] }, { give: ['E3'] }],
  ['nothing that goes excludes anything', apart, { remove: ['E3'] }, {}],
  [
    'a product that is gone is not given',
    `License ${skus.PACK} does not correspond to a valid company License.`,
    { give: ['E3', 'PACK'] },
    { give: ['PACK'] },
  ],
  ['words without ids', 'User does not have a corresponding license.', { remove: ['E3'] }, {}],
  ['words that nobody has heard, whatever they name', `Odd: ${skus.E3}.`, { remove: ['E3', 'F3'] }, {}],
])('%s', (_, message, open, blamed) => {
  const refusal = toWriteRefusal('POST /users/x/assignLicense', {
    status: 400,
    body: { error: { code: 'Request_BadRequest', message } },
    ...noRequest,
  });
  const found = findBlamedLicenses(refusal, { remove: [], give: [], ...named(open) }, subscriptions);
  const names = (licenses: readonly { skuPartNumber: string }[]) => licenses.map((each) => each.skuPartNumber);
  expect({ remove: names(found.remove), give: names(found.give) }).toEqual({
    remove: [],
    give: [],
    ...blamed,
  });
});

test('a plan that is off in the licence is not what is needed', () => {
  const refusal = toWriteRefusal('', {
    status: 400,
    body: { error: { message: phoneNeedsTeams } },
    ...noRequest,
  });
  const off = { ...license('E3'), disabledPlans: [plans.teams.toUpperCase()] };
  const open = { remove: [off, license('F3')], give: [] };
  expect(findBlamedLicenses(refusal, open, subscriptions).remove).toMatchObject([{ skuPartNumber: 'F3' }]);
});

function named(open: { remove?: string[]; give?: string[] }) {
  return Object.fromEntries(Object.entries(open).map(([key, names]) => [key, names.map(license)]));
}

function license(skuPartNumber: string) {
  const skuId =
    Object.entries(skus)
      .find(([name]) => name === skuPartNumber)?.[1]
      .toUpperCase() ?? '';
  return { skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] };
}

function product(skuPartNumber: keyof typeof skus, ...names: (keyof typeof plans)[]) {
  const servicePlans = names.map((servicePlanName) => ({
    servicePlanId: plans[servicePlanName],
    servicePlanName,
  }));
  return { skuId: skus[skuPartNumber], skuPartNumber, servicePlans, prepaidUnits: { enabled: 5 } };
}
