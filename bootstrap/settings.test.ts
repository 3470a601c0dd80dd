import { expect, test } from 'vitest';
import { parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';

const settings = (change: Record<string, string> = {}, environment?: string) =>
  parseSettings('contoso', configReader({ ...completeConfig, ...change }), environment);

const refusal = (change: Record<string, string>, environment?: string): string => {
  try {
    settings(change, environment);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'bootstrap-config') return error.message;
    throw error;
  }
  throw new Error('was not refused');
};

test('by default sign-ins, eligibility, group rules, holds and conversion are granted, mail is scoped, the rest is off', () => {
  const { chosen, sender } = settings();
  expect([...chosen].sort()).toEqual(['exchange', 'groupEligibility', 'groupRules', 'holds', 'premium']);
  expect(sender).toBe('it@contoso.com');
});

test('mail for the whole tenant is granted only when it is asked for, and then not scoped as well', () => {
  const { chosen, sender } = settings({ mail: 'tenant' });
  expect(chosen.has('mail')).toBe(true);
  expect(sender).toBeNull();
});

test('all that is wrong is said at once', () => {
  const message = refusal({ repository: 'no slash', ownerId: 'contoso', premium: 'yes', sender: 'nobody' });
  for (const key of ['repository', 'ownerId', 'premium', 'sender']) expect(message).toContain(key);
});

test.each([
  'https://token.actions.contoso.ghe.com',
  'https://token.actions.githubusercontent.com/contoso-group',
  'https://git.contoso.com/_services/token',
])('a GitHub Enterprise’s own issuer may be %s', (issuer) => {
  expect(settings({ issuer }).issuer).toBe(issuer);
  expect(refusal({ issuer: issuer.replace('https', 'http') })).toContain('issuer');
});

test('a repository without its ids is refused: the newer form of the subject needs them', () => {
  const { ownerId: _, ...without } = completeConfig;
  expect(() => parseSettings('contoso', configReader(without), undefined)).toThrow(/lacks "ownerId"/);
});

test('a scoped sender has to be named', () => {
  const { sender: _, ...without } = completeConfig;
  expect(() => parseSettings('contoso', configReader(without), undefined)).toThrow(/sender/);
});

test('an environment for both identities is refused', () => {
  expect(refusal({ auditEnvironments: 'prod', applyEnvironments: 'prod' })).toContain('prod');
});

test('an environment for both identities is refused also where one of them is the default', () => {
  expect(refusal({ auditEnvironments: 'contoso-apply' })).toContain('contoso-apply');
});

const group = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';

test('by default no group that gives licences may be left', () => {
  expect(settings().licenseGroups).toEqual({ rights: 'none', ids: [] });
});

test('scoped takes the groups by their ids, each once', () => {
  const { licenseGroups, chosen } = settings({
    licenseGroups: 'scoped',
    licenseGroupIds: `${group}, ${group.toUpperCase()}`,
  });
  expect(licenseGroups).toEqual({ rights: 'scoped', ids: [group] });
  expect(chosen.has('groupMembers')).toBe(false);
});

test.each([
  ['scoped without ids', { licenseGroups: 'scoped' }, /scoped and no group is named: set `licenseGroupIds`/],
  ['ids alone', { licenseGroupIds: group }, /licenseGroupIds is set and licenseGroups is none/],
  ['ids with tenant', { licenseGroups: 'tenant', licenseGroupIds: group }, /licenseGroups is tenant/],
  ['scoped without P1', { licenseGroups: 'scoped', licenseGroupIds: group, premium: 'false' }, /Entra ID P1/],
  ['a name in place of an id', { licenseGroups: 'scoped', licenseGroupIds: 'Sales' }, /licenseGroupIds/],
  ['a misspelt right', { licenseGroups: 'all' }, /licenseGroups/],
] as const)('licence groups: %s is refused', (_what, change, says) => {
  expect(refusal(change)).toMatch(says);
});

test('lists may be Pulumi’s JSON or typed by hand', () => {
  expect(settings({ auditEnvironments: '["a","b"]' }).environments.audit).toEqual(['a', 'b']);
  expect(settings({ auditEnvironments: 'a, b' }).environments.audit).toEqual(['a', 'b']);
  expect(refusal({ auditEnvironments: '["a"' })).toContain('auditEnvironments');
});

test.each([
  [undefined, 'api://AzureADTokenExchange'],
  ['usgovernment', 'api://AzureADTokenExchangeUSGov'],
  ['dod', 'api://AzureADTokenExchangeUSGov'],
  ['china', 'api://AzureADTokenExchangeChina'],
])('in the cloud %s federation is for %s', (environment, audience) => {
  expect(settings({}, environment).audience).toBe(audience);
});

test('a cloud that nobody knows is refused', () => {
  expect(refusal({}, 'germany')).toContain('germany');
});
