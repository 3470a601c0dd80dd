// Licences that come from groups: the account is taken out of the groups that policy.yaml names, and a revert puts it back.
import { expect, test } from 'vitest';
import { aGroupCompany, delicenseEverybody, listDeletions } from './licence-groups.fixture.ts';
import { listOutcomes } from './merged-repository.fixture.ts';

test('git revert gives every membership and licence back that a delicense took, and then mailbox and sign-in', async () => {
  const company = await aGroupCompany();
  const before = company.readAccounts();
  const { disable, delicense } = await delicenseEverybody(company);
  const taken = { accountEnabled: false, mailbox: 'SharedMailbox', losses: [], licenses: [], groups: [] };
  expect(company.readAccounts()).toMatchObject({
    ...{ ana: taken, bo: taken, cy: taken },
    dee: {
      ...taken,
      licenses: [expect.stringMatching(/^PROJECTPROFESSIONAL /)],
      groups: ['Licences: nobody named it'],
    },
  });

  await company.revert(delicense);
  expect(listOutcomes(await company.applyNow(), company)).toEqual({
    ana: ['group-joined'],
    bo: ['licenses-changed', 'group-joined', 'group-joined'],
    cy: ['licenses-changed', 'group-joined', 'group-joined'],
    dee: ['group-joined'],
  });
  const blocked = { accountEnabled: false, mailbox: 'SharedMailbox' };
  const beforeButBlocked = Object.entries(before).map(([kind, account]) => [kind, { ...Object(account), ...blocked }]);
  expect(company.readAccounts()).toEqual(Object.fromEntries(beforeButBlocked));

  await company.revert(disable);
  await company.applyNow();
  expect(company.readAccounts()).toEqual(before);
  const reference = /^\/v1\.0\/groups\/[0-9a-f-]{36}\/members\/[0-9a-f-]{36}\/\$ref$/;
  expect(listDeletions(company)).toEqual(Array(6).fill(expect.stringMatching(reference)));
});
