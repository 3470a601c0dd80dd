import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { grantOptions, listAppRoles, pipelineIdentities } from './grants.ts';
import { renderGrantsTable } from './grants-table.ts';
import { configKeys, parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';
import { renderWithheldTable, withheldPermissions } from './withheld-permissions.ts';

const guide = await readFile(new URL('../docs/guides/adopt.md', import.meta.url), 'utf8');

test.each(pipelineIdentities)('the guide shows the grants of the %s as they are', (identity) => {
  const shown = new RegExp(`<!-- grants of ${identity}: .* -->\n([\\s\\S]*?)\n<!-- end of`).exec(guide)?.[1];
  expect(shown).toBe(renderGrantsTable(identity));
});

test('the guide says of what is not asked for why', () => {
  const shown = /<!-- withheld: .* -->\n([\s\S]*?)\n<!-- end of/.exec(guide)?.[1];
  expect(shown).toBe(renderWithheldTable());
});

test('what the guide says is not asked for is granted to nobody', () => {
  const granted = pipelineIdentities.flatMap((identity) => listAppRoles(identity, new Set(grantOptions)));
  expect(granted.filter((appRole) => appRole in withheldPermissions)).toEqual([]);
});

test('the guide explains every key of the configuration, and no other', () => {
  const [, table = ''] = /\| key \| default \|.*\n\|.*\n((?:\|.*\n)+)/.exec(guide) ?? [];
  const shown = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, key]) => key));
  expect(shown.sort()).toEqual([...configKeys].sort());
});

test('the defaults that the guide names are those of the program', () => {
  const { chosen, environments, licenseGroups } = parseSettings('contoso', configReader(completeConfig), undefined);
  const defaultOf = (key: string) => new RegExp(`\\| \`${key}\` \\| \`(\\w+)\` \\|`).exec(guide)?.[1];
  for (const option of [
    'premium',
    'groupEligibility',
    'restrictedUnits',
    'groupRules',
    'groupUses',
    'holds',
    'exchange',
    'quarantine',
  ] as const)
    expect(defaultOf(option)).toBe(String(chosen.has(option)));
  expect(defaultOf('licenseGroups')).toBe(licenseGroups.rights);
  expect(guide).toContain(`\`${environments.audit[0]}\`, \`${environments.apply[0]}\``);
});
