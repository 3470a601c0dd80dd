import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { completeConfig, configReader } from './a-tenant.ts';
import { appRolesFor, identities, options } from './grants.ts';
import { grantsTable } from './grants-table.ts';
import { configKeys, settingsOf } from './settings.ts';
import { withheld, withheldTable } from './withheld.ts';

const guide = await readFile(new URL('../docs/guides/adopt.md', import.meta.url), 'utf8');

test.each(identities)('the guide shows the grants of the %s as they are', (identity) => {
  const shown = new RegExp(`<!-- grants of ${identity} -->\n([\\s\\S]*?)\n<!-- end -->`).exec(guide)?.[1];
  expect(shown).toBe(grantsTable(identity));
});

test('the guide says of what is not asked for why', () => {
  const shown = /<!-- withheld -->\n([\s\S]*?)\n<!-- end -->/.exec(guide)?.[1];
  expect(shown).toBe(withheldTable());
});

test('what the guide says is not asked for is granted to nobody', () => {
  const granted = identities.flatMap((identity) => appRolesFor(identity, new Set(options)));
  expect(granted.filter((appRole) => appRole in withheld)).toEqual([]);
});

test('the guide explains every key of the configuration, and no other', () => {
  const [, table = ''] = /\| key \| default \|.*\n\|.*\n((?:\|.*\n)+)/.exec(guide) ?? [];
  const shown = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, key]) => key));
  expect(shown.sort()).toEqual([...configKeys].sort());
});

test('the defaults that the guide names are those of the program', () => {
  const { chosen, environments } = settingsOf('contoso', configReader(completeConfig), undefined);
  const defaultOf = (key: string) => new RegExp(`\\| \`${key}\` \\| \`(\\w+)\` \\|`).exec(guide)?.[1];
  for (const option of [
    'premium',
    'groupEligibility',
    'restrictedUnits',
    'groupRules',
    'holds',
    'exchange',
    'quarantine',
  ] as const)
    expect(defaultOf(option)).toBe(String(chosen.has(option)));
  expect(guide).toContain(`\`${environments.audit[0]}\`, \`${environments.apply[0]}\``);
});
