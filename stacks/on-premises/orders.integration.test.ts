import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { anInactive, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';
import { findOnPremisesOrder, type OnPremisesOrder } from './orders.ts';
import { renderOnPremisesCsv } from './orders-csv.ts';
import { buildAdAccountCommand } from './power-shell.ts';

const paul = anInactive({ kind: 'paul', synced: true, userPrincipalName: 'paul.richter@contoso.com' });

test('a synced account in disable is an order to disable it, until the sync shows it disabled', async () => {
  const { change, context, emulator } = await aTenantToApplyTo([paul]);
  const { id } = emulator.getState('paul');
  const { find } = context();
  const wanted = change('paul', disabled);
  expect(findOnPremisesOrder(wanted, await find(id))).toMatchObject({
    action: 'disable',
    account: { id, userPrincipalName: 'paul.richter@contoso.com' },
  });
  emulator.applyEvents('paul', { accountEnabled: false });
  expect(findOnPremisesOrder(wanted, await find(id))).toBeNull();
});

test('a synced account that is given back is an order to enable it', async () => {
  const { change, context, emulator } = await aTenantToApplyTo([paul]);
  const back = change('paul', {}, { from: { ...change('paul').from, ...disabled } });
  emulator.applyEvents('paul', { accountEnabled: false });
  const found = await context().find(emulator.getState('paul').id);
  expect(findOnPremisesOrder(back, found)).toMatchObject({ action: 'enable' });
});

test('nobody is to be enabled whom this pipeline has not asked to be disabled', async () => {
  const { change, context, emulator } = await aTenantToApplyTo([paul]);
  emulator.applyEvents('paul', { accountEnabled: false });
  expect(findOnPremisesOrder(change('paul'), await context().find(emulator.getState('paul').id))).toBeNull();
});

test('a cloud account is no order, nor is one that was synced once', async () => {
  const { change, context, emulator } = await aTenantToApplyTo([anInactive({ kind: 'rita', synced: false })]);
  const { find } = context();
  for (const who of ['ana', 'rita'])
    expect(findOnPremisesOrder(change(who, disabled), await find(emulator.getState(who).id))).toBeNull();
});

test('Active Directory’s own id is used where the cloud knows it', () => {
  const securityIdentifier = 'S-1-5-21-1004336348-1177238915-682003330-512';
  expect(buildAdAccountCommand('disable', { securityIdentifier, userPrincipalName: 'x' })).toBe(
    `Disable-ADAccount -Identity '${securityIdentifier}'`,
  );
});

test.each(["'; Remove-ADUser -Identity admin; '", 'S-1-5-21-1-2-3-500; rm', 'S-1-5-32-544'])(
  'what is no id of a domain’s account is not used: %s',
  (securityIdentifier) => {
    const line = buildAdAccountCommand('disable', {
      securityIdentifier,
      userPrincipalName: 'paul@contoso.com',
    });
    expect(line).toContain("'(userPrincipalName=paul@contoso.com)'");
    expect(line).not.toContain(securityIdentifier);
  },
);

test.each([
  ["sean.o'neill@contoso.com", "'(userPrincipalName=sean.o''neill@contoso.com)'"],
  ['x’; Remove-ADUser admin; ‘@contoso.com', "'(userPrincipalName=x’’; Remove-ADUser admin; ‘‘@contoso.com)'"],
  ['*', "'(userPrincipalName=\\2a)'"],
  ['a)(objectClass=*', "'(userPrincipalName=a\\29\\28objectClass=\\2a)'"],
  ['a\r\nRemove-ADUser admin', "'(userPrincipalName=a\\0d\\0aRemove-ADUser admin)'"],
  ['$(Remove-ADUser admin)`"@contoso.com', "'(userPrincipalName=$\\28Remove-ADUser admin\\29`\"@contoso.com)'"],
])('the name %j stays a name', (userPrincipalName, literal) => {
  const line = buildAdAccountCommand('enable', { securityIdentifier: null, userPrincipalName });
  expect(line).toContain(`-LDAPFilter ${literal})`);
  expect(line.split('\n')).toHaveLength(1);
});

test('the list opens in a spreadsheet and starts no formula', () => {
  const orders = ['zoe', 'ana'].map(
    (name): OnPremisesOrder => ({
      action: 'disable',
      account: {
        id: name,
        userPrincipalName: `${name}@contoso.com`,
        displayName: "=cmd|' /C calc'!A0",
        department: '\u202e\t@SUM(1)',
      },
      command: "Disable-ADAccount -Identity 'x'",
    }),
  );
  const csv = renderOnPremisesCsv(orders);
  expect(csv.startsWith('\ufeffaction,userPrincipalName,')).toBe(true);
  const rows: string[][] = parse(csv, { bom: true, from: 2 });
  expect(rows.map((row) => row[1])).toEqual(['ana@contoso.com', 'zoe@contoso.com']);
  expect(rows[0]).toEqual([
    'disable',
    'ana@contoso.com',
    "'=cmd|' /C calc'!A0",
    "'@SUM(1)",
    'ana',
    "Disable-ADAccount -Identity 'x'",
  ]);
});
