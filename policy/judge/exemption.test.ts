import { expect, test } from 'vitest';
import type { Exemption } from '../schemas/exemptions.ts';
import { anAccount } from '../tenant.fixture.ts';
import { findExemption, isInForce } from './exemption.ts';

const ana = anAccount();

function anExemption(change: Partial<Exemption> = {}): Exemption {
  return {
    account: 'ana.reyes@contoso.com',
    reason: 'parental leave',
    owner: 'Lee Park',
    until: '2027-03-01',
    ...change,
  };
}

test('an exemption holds through its last day, and not a day longer', () => {
  expect(isInForce(anExemption(), '2027-03-01')).toBe(true);
  expect(isInForce(anExemption(), '2027-03-02')).toBe(false);
});

test.each([
  ['userPrincipalName', 'ana.reyes@contoso.com'],
  ['userPrincipalName in other case', 'Ana.Reyes@CONTOSO.com'],
  ['object id', ana.id],
  ['object id in capitals', ana.id.toUpperCase()],
  ['pattern', '*@contoso.com'],
])('an account is exempt by its %s', (_by, account) => {
  const entry = anExemption({ account });
  expect(findExemption(ana, { stack: 'contoso', exemptions: [entry] }, '2026-12-07')).toEqual(entry);
});

test('an exemption of somebody else, of another stack, or that has expired does not count', () => {
  const entries = [
    anExemption({ account: 'bob@contoso.com' }),
    anExemption({ stack: 'fabrikam' }),
    anExemption({ until: '2026-12-06' }),
  ];
  expect(findExemption(ana, { stack: 'contoso', exemptions: entries }, '2026-12-07')).toBeNull();
});

test('an exemption may name its stack', () => {
  const entry = anExemption({ stack: 'contoso' });
  expect(findExemption(ana, { stack: 'contoso', exemptions: [entry] }, '2026-12-07')).toEqual(entry);
});

test('of several exemptions the one that holds longest is told, and their order stays', () => {
  const entries = [anExemption({ until: '2026-12-31' }), anExemption({ until: '2027-06-30' })];
  expect(findExemption(ana, { stack: 'contoso', exemptions: entries }, '2026-12-07')?.until).toBe('2027-06-30');
  expect(entries.map(({ until }) => until)).toEqual(['2026-12-31', '2027-06-30']);
});
